//! What the world does to a run: it is killed, the disk fills up, folders cannot be written, files are held open, vanish
//! or change, names are long and strange. Each ends with whole files, a clear message and the right exit code.
//!
//! `XHHT_MOMENTS` says at how many moments the program is killed; without it an everyday share is.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test stops where it fails and tells what it tried

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A few files of the sample December: enough for every kind of output.
const SENT: [&str; 4] = [
    "794-Thành phố Tân An.xlsx",
    "799-Huyện Tân Thạnh.xlsx",
    "802-Huyện Đức Hòa.xlsx",
    "804-Huyện Thủ Thừa.xlsx",
];

pub(super) fn inbox(folder: &Path) -> PathBuf {
    let inbox = folder.join("hop-thu");
    fs::create_dir_all(&inbox).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024");
    for name in SENT {
        fs::copy(samples.join(name), inbox.join(name)).unwrap();
    }
    inbox
}

pub(super) fn job(inbox: &Path, out: &Path, day: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
    command.arg("consolidate").arg(inbox).arg("--out").arg(out).args(["--year", "2024", "--quiet"]);
    command.args(["--as-of", day]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
pub(super) fn ends(output: &Output, code: i32, said: &[&str]) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for words in said {
        assert!(text.contains(words), "“{words}” is not in: {text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

/// Every file of a folder and what is in it.
pub(super) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|e| (e.path().strip_prefix(folder).unwrap().to_owned(), fs::read(e.path()).unwrap())).collect()
}

pub(super) fn is_temporary(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with(".xhht-")
}

/// What a killed run says beside the files when it was changing their places.
pub(super) const JOURNAL: &str = "DANG-THAY-KET-QUA.txt";

#[test]
fn killed_at_any_moment_the_set_is_wholly_old_or_wholly_new_or_says_that_it_is_neither() {
    let moments = std::env::var("XHHT_MOMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(9);
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua"));
    // Folders are named as people name them, from where they stand.
    let job = |out: &str, day: &str| {
        let mut command = job(Path::new("hop-thu"), Path::new(out), day);
        command.current_dir(folder.path());
        command
    };
    let full = |day: &str, out: &str| {
        let start = Instant::now();
        ends(&job(out, day).output().unwrap(), 1, &[]);
        (contents(&folder.path().join(out)), start.elapsed())
    };
    let (old, took) = full("2024-12-10", "cu");
    let (new, _) = full("2024-12-16", "moi");
    assert!(old.len() > 5 && old.keys().eq(new.keys()));
    assert!(old.iter().all(|(name, bytes)| new[name] != *bytes || name.starts_with("phan-hoi")));

    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: u128| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        u128::from(dice) % below.max(1)
    };
    let (mut untouched, mut midway, mut finished) = (0, 0, 0);
    for moment in 0..moments {
        fs::remove_dir_all(&out).ok();
        for (name, bytes) in &old {
            let place = out.join(name);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, bytes).unwrap();
        }
        let mut child =
            job("ket-qua", "2024-12-16").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        match moment % 3 {
            0 => std::thread::sleep(Duration::from_micros(random(took.as_micros()) as u64)),
            // The moments that matter are few: from the first temporary file on …
            1 => {
                while !contents_now(&out).iter().any(|path| is_temporary(path)) && running(&mut child) {
                    std::thread::yield_now();
                }
                std::thread::sleep(Duration::from_micros(random(took.as_micros() / 2) as u64));
            }
            // … and those in which files change places.
            _ => {
                while !out.join(JOURNAL).exists() && running(&mut child) {
                    std::hint::spin_loop();
                }
                std::thread::sleep(Duration::from_micros(random(1500) as u64));
            }
        }
        child.kill().ok();
        child.wait().unwrap();

        match state(&out, &old, &new) {
            State::Old => untouched += 1,
            State::New => finished += 1,
            State::Midway => midway += 1,
        }
        if out.join(JOURNAL).exists() {
            // Whoever writes there next finishes it first, whatever it writes.
            let other = out.join("nhan-xet.xlsx");
            let inbox = inbox.to_str().unwrap();
            let check = ["check", inbox, "--year", "2024", "--quiet", "--out", other.to_str().unwrap()];
            let output = Command::new(env!("CARGO_BIN_EXE_xhht")).args(check).output().unwrap();
            // The other units have sent nothing.
            ends(&output, 1, &[]);
            fs::remove_file(other).unwrap();
            assert!(contents(&out) == new, "moment {moment}: what was begun is not finished");
        }
    }
    ends(&job("ket-qua", "2024-12-16").output().unwrap(), 1, &[]);
    assert!(contents(&out) == new, "the run after the last kill leaves something behind");
    println!("{moments} moments: {untouched} untouched, {midway} midway, {finished} finished");
}

/// What a killed run left behind.
enum State {
    Old,
    New,
    Midway,
}

/// Every file is whole; files of both runs stand together only where that is said beside them.
fn state(out: &Path, old: &BTreeMap<PathBuf, Vec<u8>>, new: &BTreeMap<PathBuf, Vec<u8>>) -> State {
    let left = contents(out);
    let is_said = out.join(JOURNAL).exists();
    let (mut is_old, mut is_new) = (0, 0);
    for (name, before) in old {
        let now = left.get(name).unwrap_or_else(|| panic!("{} is gone", name.display()));
        match (now == before, *now == new[name]) {
            (false, false) => panic!("{} is neither old nor new", name.display()),
            (true, true) => {}
            (true, false) => is_old += 1,
            (false, true) => is_new += 1,
        }
    }
    for name in left.keys() {
        let is_known = old.contains_key(name) || is_temporary(name) || name == Path::new(JOURNAL);
        assert!(is_known, "{} is a stranger", name.display());
    }
    match (is_old, is_new) {
        (_, 0) => State::Old,
        (0, _) => State::New,
        _ => {
            assert!(is_said, "files of two runs stand together and nothing says so");
            State::Midway
        }
    }
}

/// The names alone: fast enough to look for the first temporary file.
pub(super) fn contents_now(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect()
}

pub(super) fn running(child: &mut Child) -> bool {
    child.try_wait().unwrap().is_none()
}

#[test]
fn an_output_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = inbox(folder.path());
    let file = folder.path().join("ket-qua");
    fs::write(&file, "tệp, không phải thư mục").unwrap();
    ends(&job(&inbox, &file, "2024-12-16").output().unwrap(), 2, &["ket-qua", "Không tạo thư mục được"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "tệp, không phải thư mục");
    ends(&job(&inbox, &file.join("2024"), "2024-12-16").output().unwrap(), 2, &["cần thư mục"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_nothing_in_it_changes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("chỉ đọc"));
    fs::create_dir(&out).unwrap();
    fs::write(out.join("tong-hop-xhht-2024.xlsx"), "cũ").unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(out.join("thử"), "").is_ok();
    if may_write_anyway {
        // The superuser may write into any folder but those of the kernel.
        fs::remove_file(out.join("thử")).unwrap();
        let nowhere = Path::new("/proc/xhht-ket-qua");
        ends(&job(&inbox, nowhere, "2024-12-16").output().unwrap(), 2, &["/proc/xhht-ket-qua", "Không"]);
    } else {
        ends(&job(&inbox, &out, "2024-12-16").output().unwrap(), 2, &["chỉ đọc", "không có quyền"]);
    }
    assert_eq!(fs::read_to_string(out.join("tong-hop-xhht-2024.xlsx")).unwrap(), "cũ");
    assert_eq!(contents(&out).len(), 1);
}

/// The system refuses to let a file grow, as a full disk or a quota does.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_result_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua"));
    ends(&job(&inbox, &out, "2024-12-10").output().unwrap(), 1, &[]);
    let old = contents(&out);
    let whole = job(&inbox, &out, "2024-12-16");
    // Blocks of 512 bytes; the signal is ignored, so that writing fails instead.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\""])
        .arg(whole.get_program())
        .args(whole.get_args())
        .output()
        .unwrap();
    ends(&output, 2, &["Không ghi được", "2024", "lớn"]);
    assert!(contents(&out) == old, "something of the failed run stays");
}

/// A small disk that really fills up; only who may mount one can try.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_is_called_full() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, disk) = (inbox(folder.path()), folder.path().join("đĩa"));
    fs::create_dir(&disk).unwrap();
    let whole = job(&inbox, &disk, "2024-12-16");
    let output = Command::new("unshare")
        .args(["-m", "sh", "-c", "mount -t tmpfs -o size=200k none \"$DISK\" || exit 77; exec \"$0\" \"$@\""])
        .arg(whole.get_program())
        .args(whole.get_args())
        .env("DISK", &disk)
        .output();
    match output {
        Ok(output) if output.status.code() == Some(2) => ends(&output, 2, &["Không ghi được", "đĩa đầy"]),
        Ok(output) if output.status.code().is_some_and(|code| code < 2) => panic!("there was room"),
        _ => println!("skipped: no right to mount a small disk"),
    }
}

/// On Windows an open workbook cannot be replaced; what a folder in its place does is told in `arrivals`.
#[cfg(windows)]
#[test]
fn an_output_that_cannot_be_replaced_is_named_with_what_to_do() {
    use std::os::windows::fs::OpenOptionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua"));
    let place = out.join("tong-hop-xhht-2024.xlsx");
    ends(&job(&inbox, &out, "2024-12-10").output().unwrap(), 1, &[]);
    let old = contents(&out);
    let held = fs::OpenOptions::new().read(true).share_mode(1).open(&place).unwrap();
    let output = job(&inbox, &out, "2024-12-16").output().unwrap();
    ends(
        &output,
        2,
        &["tong-hop-xhht-2024.xlsx", "đang mở trong Excel", "đóng lại rồi chạy lại", "giữ nguyên"],
    );
    drop(held);
    assert!(contents(&out) == old, "one file of the set was replaced, or something is left beside");
}

/// Files come and go while the program reads: those that are there whole are read, the others are findings.
#[test]
fn files_that_vanish_or_change_during_the_run_are_findings_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, out) = (inbox(folder.path()), folder.path().join("ket-qua"));
    let bytes = fs::read(inbox.join(SENT[0])).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !stop.load(Ordering::Relaxed) {
                let file = inbox.join(SENT[round % SENT.len()]);
                match round % 3 {
                    0 => fs::remove_file(&file).ok(),
                    1 => fs::write(&file, &bytes[..bytes.len() / 2]).ok(),
                    _ => fs::write(&file, &bytes).ok(),
                };
                round += 1;
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        // However the runs end, the changes end too: without it a failed assertion would wait for them for ever.
        let _end = AtTheEnd(&stop);
        for _ in 0..3 {
            let before = out.exists().then(|| contents(&out));
            let output = job(&inbox, &out, "2024-12-16").output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!said.contains("panicked"), "{said}");
            match output.status.code() {
                Some(1) => assert!(out.join("ket-qua-xhht-2024.json").is_file(), "{said}"),
                // At a bad moment no file is whole: results of some reports do not give way to those of none.
                Some(2) => {
                    assert!(said.contains("giữ nguyên kết quả ấy"), "{said}");
                    assert_eq!(before, out.exists().then(|| contents(&out)));
                }
                code => panic!("{code:?} {said}"),
            }
        }
    });
}

/// Says that something has ended, also when a test fails.
struct AtTheEnd<'a>(&'a AtomicBool);

impl Drop for AtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn strange_and_long_names_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    let plain = inbox(folder.path());
    // What a file system takes: 255 bytes a name here, 260 characters a path on an old Windows.
    let long = if cfg!(windows) { "d".repeat(100) } else { "d".repeat(250) };
    for name in ["có dấu cách và chữ Việt", "💡 ý kiến", "%USERPROFILE% $HOME `x`", "{a,b}[c]'d'", &long]
    {
        let room = folder.path().join(name);
        let (inbox, out) = (room.join("hộp thư 📥"), room.join("kết quả"));
        fs::create_dir_all(&inbox).unwrap();
        for file in SENT {
            fs::copy(plain.join(file), inbox.join(file)).unwrap();
        }
        ends(&job(&inbox, &out, "2024-12-16").output().unwrap(), 1, &[]);
        assert!(out.join("ket-qua-xhht-2024.json").is_file(), "{name}");
    }
    // One name too long for any file system.
    let out = folder.path().join("d".repeat(300));
    ends(&job(&plain, &out, "2024-12-16").output().unwrap(), 2, &["quá dài"]);
}
