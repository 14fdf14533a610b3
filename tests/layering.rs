//! What ARCHITECTURE.md says of the borders holds: a module uses only what stands above it, the core touches nothing
//! outside, libraries keep to their rooms; files stay of a size to be read, and what is cited is there.
#![allow(clippy::unwrap_used, clippy::expect_used)] // the functions around the tests too

#[path = "sources/citations.rs"]
mod citations;
mod sources;

use sources::Source;
use sources::imports::{self, Arrows};

/// The road, top to bottom; modules of one stage may use one another.
const ROAD: [&[&str]; 13] = [
    &["domain"],
    &["finding", "error"],
    &["plan"],
    &["form"],
    &["template"],
    &["intake"],
    &["submission"],
    &["check"],
    &["consolidate"],
    &["season"],
    &["report"],
    &["output"],
    &["job"],
];
/// The road forks behind the form: only a return copy is both read and written again.
const MAY_USE_TEMPLATE: &[&str] = &["template", "output"];
/// Libraries and the only rooms that may name them.
const ROOMS: [(&str, &[&str]); 6] = [
    ("calamine", &["intake"]),
    ("rust_xlsxwriter", &["template", "output"]),
    // The page kit's alone.
    ("printpdf", &[]),
    ("lopdf", &[]),
    // The table kit's.
    ("parquet", &[]),
    ("clap", &["cli"]),
];
/// Libraries and the only kits that may name them.
const ROOMS_OF_KITS: [(&str, &[&str]); 6] = [
    ("calamine", &[]),
    ("rust_xlsxwriter", &["sheet"]),
    ("printpdf", &["page"]),
    ("lopdf", &["page"]),
    ("parquet", &["table"]),
    ("clap", &[]),
];
/// Words of the domain: a kit knows none of them.
const NOT_OF_A_KIT: [&str; 5] = ["xhht", "indicator", "submission", "consolidate", "province"];
/// The clock, the disk, the environment: the command line's alone.
const OUTSIDE: [&str; 11] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::thread",
    "std::net",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time::SystemTime",
    "std::time::Instant",
    "chrono::Local",
];
/// Macros that write to the terminal.
const TERMINAL: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
const LONGEST_FILE: usize = 500;
/// Lines of a function: one that is longer does several things in turn.
const LONGEST_FUNCTION: usize = 80;
/// Files that are tables.
const TABLES: [&str; 1] = ["finding/catalogue.rs"];
/// Names that say nothing about what is inside.
const NOT_A_NAME: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "manager", "misc", "shared"];

/// Where a module and its parts make no circle either: what they share stands in a part below.
const PARTS_STAND_BELOW: [&str; 2] = ["consolidate/", "report/sections/"];

fn is_cli(source: &Source) -> bool {
    matches!(source.module().first(), None | Some(&"cli"))
}

/// Names of modules used from a stage that stands below, or from none at all.
fn uses_out_of_order(source: &Source) -> Vec<String> {
    let stage = |module: &str| ROAD.iter().position(|stage| stage.contains(&module));
    let at = |line: &usize| format!("src/{}:{line}", source.path);
    if is_cli(source) {
        return Vec::new();
    }
    let own = source.module()[0];
    let Some(own_stage) = stage(own) else {
        return vec![format!("src/{}: no stage of the road", source.path)];
    };
    let mut wrong = Vec::new();
    for (line, used) in source.uses() {
        match stage(&used) {
            None => wrong.push(format!("{}: {own} uses {used}, no stage of the road", at(&line))),
            Some(below) if below > own_stage => {
                wrong.push(format!("{}: {own} uses {used}, which stands below it", at(&line)))
            }
            Some(_) if used == "template" && !MAY_USE_TEMPLATE.contains(&own) => {
                wrong.push(format!("{}: {own} uses {used}, which is on the other road", at(&line)));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// Libraries named outside their rooms.
fn strangers(source: &Source) -> Vec<String> {
    let in_room =
        |room: &&str| source.path.starts_with(&format!("{room}/")) || source.path == format!("{room}.rs");
    let mut wrong = Vec::new();
    for (library, rooms) in ROOMS {
        if !rooms.iter().any(in_room) {
            let named = source.lines_with(library);
            wrong.extend(named.iter().map(|line| format!("src/{}:{line} names {library}", source.path)));
        }
    }
    wrong
}

/// What reaches out of the pure core.
fn reaches_outside(source: &Source) -> Vec<String> {
    if is_cli(source) { Vec::new() } else { outside(source) }
}

/// What a source uses of the outside.
fn outside(source: &Source) -> Vec<String> {
    let is_outside = |path: &str| {
        OUTSIDE.iter().any(|outside| path == *outside || path.starts_with(&format!("{outside}::")))
            || ["Local::now", "Utc::now", "Local::today", "Utc::today"]
                .iter()
                .any(|clock| path.ends_with(clock))
    };
    let paths = source.paths().into_iter().filter(|(_, path)| is_outside(path));
    let mut wrong: Vec<String> =
        paths.map(|(line, path)| format!("src/{}:{line} uses {path}", source.path)).collect();
    for name in TERMINAL {
        let places = source.lines_with(name.trim_end_matches('!'));
        let lines: Vec<&str> = source.code.lines().collect();
        let called = places.iter().filter(|line| lines[**line - 1].contains(name));
        wrong.extend(called.map(|line| format!("src/{}:{line} calls {name}", source.path)));
    }
    wrong
}

/// Files and functions too long to be read, and names that say nothing.
fn unreadable(source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    if source.lines > LONGEST_FILE && !TABLES.contains(&source.path.as_str()) {
        wrong.push(format!("src/{} has {} lines", source.path, source.lines));
    }
    let long = functions(&source.code).into_iter().filter(|(_, lines)| *lines > LONGEST_FUNCTION);
    wrong.extend(long.map(|(name, lines)| format!("src/{}: {name} has {lines} lines", source.path)));
    let mut names = source.module();
    let declared: Vec<String> = source
        .code
        .split("mod ")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect();
    names.extend(declared.iter().map(String::as_str));
    let empty = names.into_iter().filter(|name| NOT_A_NAME.contains(name));
    wrong.extend(empty.map(|name| format!("src/{}: module {name}", source.path)));
    wrong
}

/// The functions of a code, each with its lines from its name to its end.
fn functions(code: &str) -> Vec<(&str, usize)> {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let starts = code.match_indices("fn ").map(|(at, _)| at).filter(|at| !code[..*at].ends_with(is_of_name));
    let of_start = |at: usize| {
        let from = &code[at + "fn ".len()..];
        let name = &from[..from.find(|c| !is_of_name(c))?];
        // A declaration without a body ends before there is one; `[u8; 4]` does not end it.
        let (mut square, mut depth) = (0, 0);
        for (end, c) in from.char_indices() {
            match c {
                '[' => square += 1,
                ']' => square -= 1,
                ';' if square == 0 && depth == 0 => return None,
                '{' => depth += 1,
                '}' if depth == 1 => return Some((name, from[..end].matches('\n').count() + 1)),
                '}' => depth -= 1,
                _ => {}
            }
        }
        None
    };
    starts.filter_map(of_start).collect()
}

/// The arrows without those of a module to its own parts: it may hand work on to them and see their results.
fn between_rooms<'a>(arrows: &Arrows<'a>) -> Arrows<'a> {
    let is_part = |of: &str, other: &str| {
        let folder = of.strip_suffix("/mod.rs").or(of.strip_suffix(".rs")).unwrap_or(of);
        other.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let kept = |from: &'a str, to: &Targets<'a>| to.iter().copied().filter(|to| !is_part(from, to)).collect();
    arrows.iter().map(|(from, to)| (*from, kept(from, to))).collect()
}

type Targets<'a> = std::collections::BTreeSet<&'a str>;

fn none(rule: fn(&Source) -> Vec<String>) {
    let sources = sources::all();
    assert!(sources.len() > 50, "the sources were not found");
    let wrong: Vec<String> = sources.iter().flat_map(rule).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    none(uses_out_of_order);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = sources::all();
    let arrows = imports::arrows(&sources);
    assert!(arrows.values().map(Targets::len).sum::<usize>() > 300, "the imports were not found");
    let circles = imports::circles(&between_rooms(&arrows));
    let circles: Vec<String> = circles.iter().map(|circle| circle.join(", ")).collect();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
    for room in PARTS_STAND_BELOW {
        let inside = |file: &&str| file.starts_with(room);
        let circle = imports::circles(&arrows).into_iter().find(|circle| circle.iter().any(inside));
        assert_eq!(circle, None, "{room}");
    }
}

#[test]
fn libraries_keep_to_their_rooms() {
    none(strangers);
}

#[test]
fn nothing_but_the_command_line_touches_the_outside() {
    none(reaches_outside);
}

#[test]
fn files_are_of_a_size_to_be_read_and_named_for_what_is_inside() {
    none(unreadable);
}

#[test]
fn kits_are_pure_know_nothing_of_the_domain_and_keep_their_libraries() {
    let kits = sources::kits();
    assert_eq!(kits.len(), 6, "{:?}", kits.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let of_kit = |(kit, sources): &(String, Vec<Source>)| -> Vec<String> {
        let wrong = sources.iter().flat_map(|source| wrong_in_kit(kit, source));
        wrong.map(|what| what.replacen("src/", &format!("crates/{kit}/src/"), 1)).collect()
    };
    let wrong: Vec<String> = kits.iter().flat_map(of_kit).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What a source of a kit does that it should not.
fn wrong_in_kit(kit: &str, source: &Source) -> Vec<String> {
    let mut wrong = unreadable(source);
    wrong.extend(outside(source));
    let elsewhere =
        ROOMS_OF_KITS.iter().filter(|(_, kits)| !kits.contains(&kit)).map(|(library, _)| *library);
    for word in elsewhere.chain(NOT_OF_A_KIT) {
        let named = source.lines_with(word).into_iter();
        wrong.extend(named.map(|line| format!("src/{}:{line} names {word}", source.path)));
    }
    wrong
}

#[test]
fn every_stage_is_there() {
    let sources = sources::all();
    for module in ROAD.iter().flat_map(|stage| stage.iter()) {
        assert!(sources.iter().any(|source| source.module().first() == Some(module)), "no module {module}");
    }
}

#[test]
fn the_order_is_seen_to_be_broken() {
    let broken = |path: &str, text: &str| uses_out_of_order(&Source::of(path, text));
    assert_eq!(broken("plan/mod.rs", "use crate::form::Form;").len(), 1);
    assert_eq!(broken("form.rs", "use crate::plan::Plan;\nuse crate::domain::{Unit, Year};").len(), 0);
    assert_eq!(
        broken("check/mod.rs", "use crate::{\n    domain::Year,\n    report::{self, model::Cell as C},\n};")
            .len(),
        2
    );
    assert_eq!(broken("check/mod.rs", "use crate::{domain as words, output::{pdf::{a, b}, xlsx}};").len(), 3);
    assert_eq!(broken("check/mod.rs", "fn f() -> crate :: consolidate\n::History { x }").len(), 1);
    assert_eq!(broken("intake/mod.rs", "use crate::template::write;").len(), 1);
    assert_eq!(broken("output/returns/mod.rs", "use crate::template::write;").len(), 0);
    assert_eq!(broken("domain/mod.rs", "use crate::finding::Finding;").len(), 1);
    assert_eq!(broken("domain/mod.rs", "use crate::nowhere::Else;").len(), 1);
    // super leads out of check/record.rs by two steps, and within the module by one.
    assert_eq!(broken("check/record.rs", "use super::super::report::Report;").len(), 1);
    assert_eq!(broken("check/record.rs", "use super::report::Report;").len(), 0);
    assert_eq!(broken("form.rs", "use super::{report, domain};").len(), 1);
    assert_eq!(broken("cli/mod.rs", "use crate::output::pdf;").len(), 0);
    assert_eq!(broken("elsewhere/mod.rs", "").len(), 1);
}

#[test]
fn a_circle_is_seen_to_be_one() {
    let circles = |files: &[(&str, &str)]| -> Vec<String> {
        let sources: Vec<Source> = files.iter().map(|(path, text)| Source::of(path, text)).collect();
        let arrows = imports::arrows(&sources);
        imports::circles(&between_rooms(&arrows)).iter().map(|circle| circle.join(" ")).collect()
    };
    let one = ["check/a.rs check/b.rs"];
    // By `use`, by a path in the code, from a tree, through `super`, through a module taken in by name.
    assert_eq!(
        circles(&[("check/a.rs", "use super::b::B;"), ("check/b.rs", "use crate::check::a::A;")]),
        one
    );
    assert_eq!(circles(&[("check/a.rs", "fn f() { super::b::g() }"), ("check/b.rs", "use super::a;")]), one);
    assert_eq!(
        circles(&[
            ("check/a.rs", "use crate::check::{b::{self, B as C}};"),
            ("check/b.rs", "use super::a::A;")
        ]),
        one
    );
    // What a module hands on is the part's that defines it, under whatever name.
    let handing_on = ("check/mod.rs", "mod a;\nmod b;\npub use a::A;\npub(crate) use b::B as Other;");
    let taking = ("check/a.rs", "use super::Other;");
    assert_eq!(circles(&[handing_on, taking, ("check/b.rs", "use crate::check::A;")]), one);
    assert!(circles(&[handing_on, taking, ("check/b.rs", "")]).is_empty());
    // A module may use its parts and they what it defines, but not by way of a stranger.
    let module = ("check/mod.rs", "mod a;\npub struct S;\nfn f() { a::g() }");
    assert!(circles(&[module, ("check/a.rs", "use super::S;")]).is_empty());
    let by_a_stranger = [
        ("check/mod.rs", "mod a;\nuse crate::form::F;"),
        ("check/a.rs", "use super::S;"),
        ("form.rs", "use crate::check::a::A;"),
    ];
    assert_eq!(circles(&by_a_stranger), ["check/a.rs check/mod.rs form.rs"]);
    // Three files, and two circles apart from each other.
    let three = [
        ("form.rs", "use crate::rule::R;"),
        ("rule/mod.rs", "use crate::plan::P;"),
        ("plan/mod.rs", "use crate::form::F;"),
        ("check/a.rs", "use super::b::B;"),
        ("check/b.rs", "use super::a::A;"),
    ];
    assert_eq!(circles(&three), ["check/a.rs check/b.rs", "form.rs plan/mod.rs rule/mod.rs"]);
    // Who may use a name is no import of whom.
    let visible = ("check/b.rs", "pub(in crate::check::a) struct B;");
    assert!(circles(&[("check/a.rs", "use super::b::B;"), visible]).is_empty());
    // Tests and comments import what they like.
    let test = "#[cfg(test)]\nmod tests { use crate::check::a::A; }\n// use crate::check::a::A;";
    assert!(circles(&[("check/a.rs", "use super::b::B;"), ("check/b.rs", test)]).is_empty());
}

#[test]
fn comments_strings_and_tests_are_not_code() {
    let broken = |text: &str| uses_out_of_order(&Source::of("plan/mod.rs", text));
    assert!(broken("//! [`crate::report::Report`]\n/* use crate::report; */").is_empty());
    assert!(broken("const A: &str = \"use crate::report::x; \\\" crate::report::x\";").is_empty());
    assert!(broken("const A: &str = r#\"crate::report::x \" crate::report::x\"#;").is_empty());
    assert!(
        broken("#[cfg(test)]\nmod tests {\n    use crate::report::x;\n    fn f() { g('}') }\n}\n").is_empty()
    );
    assert_eq!(
        broken("#[cfg(test)]\nmod tests {\n    fn f() { g(\"{\") }\n}\nuse crate::report::x;").len(),
        1
    );
    assert_eq!(broken("#[cfg(test)]\nmod tests;\nuse crate::report::x;").len(), 1);
    assert_eq!(broken("fn f<'a>(c: &'a str) -> bool { c == '\"' && crate::report::x(c) }").len(), 1);
    assert_eq!(
        broken("const Đ: char = 'Đ';\nuse crate::report::x;"),
        ["src/plan/mod.rs:2: plan uses report, which stands below it"]
    );
}

#[test]
fn strangers_the_outside_and_the_unreadable_are_seen() {
    let of = |path: &str, text: &str| Source::of(path, text);
    assert_eq!(strangers(&of("check/mod.rs", "use calamine as sheets;")).len(), 1);
    assert_eq!(strangers(&of("intake/mod.rs", "use calamine::Data;")).len(), 0);
    assert_eq!(
        strangers(&of("output/xlsx/mod.rs", "use printpdf::Op; use rust_xlsxwriter::Format;")).len(),
        1
    );
    assert_eq!(strangers(&of("output/pdf.rs", "use lopdf::Object;")).len(), 1);
    assert_eq!(strangers(&of("check/mod.rs", "let calamine_like = 1;")).len(), 0);

    assert_eq!(reaches_outside(&of("plan/mod.rs", "use std::{io::Read, fs::{self, File}};")).len(), 2);
    assert_eq!(reaches_outside(&of("plan/mod.rs", "let now = std::time::Instant::now();")).len(), 1);
    assert_eq!(reaches_outside(&of("plan/mod.rs", "use std::time::{Duration, SystemTime};")).len(), 1);
    assert_eq!(reaches_outside(&of("plan/mod.rs", "use chrono::Utc;\nlet now = Utc::now();")).len(), 1);
    assert_eq!(reaches_outside(&of("plan/mod.rs", "println!(\"\"); eprintln!(); pretty_print!();")).len(), 2);
    assert_eq!(reaches_outside(&of("plan/mod.rs", "use std::time::Duration; let print = 1;")).len(), 0);
    assert_eq!(reaches_outside(&of("cli/mod.rs", "use std::fs; fn f() { println!() }")).len(), 0);

    let in_kit = |kit: &str, text: &str| wrong_in_kit(kit, &of("lib.rs", text)).len();
    assert_eq!(in_kit("sheet", "use rust_xlsxwriter::Format;"), 0);
    assert_eq!(in_kit("page", "use rust_xlsxwriter::Format;"), 1);
    assert_eq!(in_kit("rule", "use std::fs;\nuse xhht::plan;\nfn of(indicator: u8) {}"), 3);

    assert_eq!(unreadable(&of("plan/mod.rs", &"\n".repeat(501))).len(), 1);
    assert_eq!(unreadable(&of("plan/mod.rs", &"\n".repeat(500))).len(), 0);
    assert_eq!(unreadable(&of("finding/catalogue.rs", &"\n".repeat(501))).len(), 0);
    assert_eq!(unreadable(&of("plan/utils.rs", "")).len(), 1);
    let function = |lines: usize| {
        format!("trait T {{ fn g(&self) -> [u8; 2]; }}\nfn f() {{{}}}\n", "\n".repeat(lines - 1))
    };
    assert_eq!(unreadable(&of("plan/mod.rs", &function(80))).len(), 0);
    assert_eq!(unreadable(&of("plan/mod.rs", &function(81))), ["src/plan/mod.rs: f has 81 lines"]);
    assert_eq!(unreadable(&of("plan/mod.rs", "pub mod common { }")).len(), 1);
}
