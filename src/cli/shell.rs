//! `xhht completions` and `xhht man`: what a shell and the manual of a system want to know of the arguments.

use super::args::{self, CompletionsOptions, Shell};
use super::terminal::Terminal;
use super::{CommandResult, Ending};
use crate::error::Error;
use clap_complete::Shell as Known;
use clap_mangen::Man;
use std::io;

/// What the libraries say in English, and what it is called here.
const HEADINGS: [(&str, &str); 7] = [
    (".SH NAME", ".SH TÊN"),
    (".SH SYNOPSIS", ".SH \"CÁCH DÙNG\""),
    (".SH DESCRIPTION", ".SH \"MÔ TẢ\""),
    (".SH OPTIONS", ".SH \"TÙY CHỌN\""),
    (".SH EXTRA", ".SH \"MÃ THOÁT\""),
    (".SH VERSION", ".SH \"PHIÊN BẢN\""),
    ("[\\fIOPTIONS\\fR]", "[\\fITÙY CHỌN\\fR]"),
];

pub(super) fn completions(terminal: &Terminal, options: &CompletionsOptions) -> CommandResult {
    let shell = match options.shell {
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "xhht", &mut text);
    terminal.print(String::from_utf8_lossy(&text).trim_end());
    Ok(Ending::Clean)
}

pub(super) fn man(terminal: &Terminal) -> CommandResult {
    let page =
        page().map_err(|error| Error::Internal(format!("không dựng được trang hướng dẫn: {error}")))?;
    terminal.print(page.trim_end());
    Ok(Ending::Clean)
}

/// One page with every command.
fn page() -> io::Result<String> {
    let mut program = args::command().disable_help_subcommand(true);
    program.build();
    let whole = Man::new(program.clone()).manual("xhht");
    let mut page = Vec::new();
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    let mut page = vietnamese(&page);
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        page += &of_command(command)?;
    }
    let mut end = Vec::new();
    whole.render_extra_section(&mut end)?;
    whole.render_version_section(&mut end)?;
    Ok(page + &vietnamese(&end))
}

/// A command, and those below it.
fn of_command(command: &clap::Command) -> io::Result<String> {
    // What all commands have stands above.
    let own = command.clone().mut_args(|argument| {
        let is_of_all = argument.is_global_set();
        argument.hide(is_of_all)
    });
    let name = own.get_bin_name().unwrap_or_else(|| own.get_name()).to_uppercase();
    let man = Man::new(own);
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    let mut section = format!(".SH \"{name}\"\n{}", vietnamese(&text).replace(".SH ", ".SS "));
    for below in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        section += &of_command(below)?;
    }
    Ok(section)
}

fn vietnamese(text: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(text).into_owned();
    for (english, vietnamese) in HEADINGS {
        text = text.replace(english, vietnamese);
    }
    text
}
