//! The program for Windows under Wine, where both are there.

use libtest_mimic::Trial;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// What the program needs beside it.
const BESIDE: &str = "bcryptprimitives.dll";

/// Where `tests/windows/build` puts what it makes.
fn built() -> PathBuf {
    let debug = Path::new(env!("CARGO_BIN_EXE_xhht")).parent().unwrap();
    debug.with_file_name("x86_64-pc-windows-gnu").join("debug")
}

/// What is absent of what the trials need. What was built once is not taken for the program of today: only who asks for
/// these trials has it built before.
fn absent() -> Vec<String> {
    let is_wanted = ["CI", "XHHT_WINDOWS"].iter().any(|name| env::var_os(name).is_some());
    let not_wanted = (!is_wanted).then(|| "XHHT_WINDOWS".to_owned());
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = |program: &str| env::split_paths(&path).any(|folder| folder.join(program).is_file());
    let programs = ["wine", "script"].into_iter().filter(|program| !on_path(program)).map(str::to_owned);
    let files = ["xhht.exe", BESIDE, "hold.exe"].map(|name| built().join(name)).into_iter();
    let files = files.filter(|file| !file.is_file()).map(|file| file.display().to_string());
    not_wanted.into_iter().chain(programs).chain(files).collect()
}

/// A trial under Wine: ignored where something is absent, failed under `CI`.
pub fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    let absent = absent();
    let ignored = !absent.is_empty() && env::var_os("CI").is_none();
    let trial = Trial::test(name, move || {
        if !absent.is_empty() {
            return Err(format!("absent: {absent:?}; run XHHT_WINDOWS=1 tests/setup").into());
        }
        run();
        Ok(())
    });
    trial.with_ignored_flag(ignored)
}

/// A folder of its own for a trial, and the Windows in which it runs.
pub struct Desk {
    /// Gone with the trial.
    _folder: tempfile::TempDir,
    program: PathBuf,
}

impl Desk {
    /// A fresh folder of that name with the program in it, as somebody copies it there.
    pub fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join(name);
        fs::create_dir(&desk).unwrap();
        for file in ["xhht.exe", BESIDE] {
            let built = built().join(file);
            fs::hard_link(&built, desk.join(file))
                .or_else(|_| fs::copy(built, desk.join(file)).map(drop))
                .unwrap();
        }
        Desk { program: desk.join("xhht.exe"), _folder: folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.program.with_file_name(name)
    }

    fn wine(&self, program: &Path) -> Command {
        let mut command = self.under_wine("wine");
        command.arg(program);
        command
    }

    /// A program that has to do with Wine, in this folder.
    fn under_wine(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        // Its Windows lies beside what was built. Nothing of it is to be seen, nothing opened or installed, and names of files
        // are what they are on this disk.
        command.env("WINEPREFIX", built().join("wine")).env("WINEDEBUG", "-all").env_remove("DISPLAY");
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml=").env("LC_ALL", "C.UTF-8").env("XHHT_NO_OPEN", "1");
        command.current_dir(self.program.parent().unwrap());
        command
    }

    /// The program for Windows in this folder.
    pub fn windows<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.wine(&self.program).args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// The program of this system in the same folder.
    pub fn here<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xhht"));
        command
            .args(arguments)
            .current_dir(self.program.parent().unwrap())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// What the menu says to these answers.
    #[track_caller]
    pub fn hears(&self, answers: &[&str]) -> String {
        let mut command = self.wine(&self.program);
        command.arg("start").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let typed: String = answers.iter().map(|answer| format!("{answer}\r\n")).collect();
        // Who has left does not hear the rest.
        child.stdin.take().unwrap().write_all(typed.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{answers:?}: {said}");
        said
    }

    /// What stands on the console that a double click opens, when each question is answered by keys once it is asked.
    pub fn is_double_clicked(&self, dialogue: &[(&str, &str)]) -> String {
        let mut script = self.under_wine("script");
        script.args(["-qec", "wine xhht.exe", "/dev/null"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = script.spawn().unwrap();
        let (mut keys, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (shown, shows) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = screen.read(&mut bytes) {
                shown.send(bytes[..length].to_vec()).ok();
            }
        });
        let (mut all, mut answered) = (Vec::new(), 0);
        for (question, answer) in dialogue {
            // Far longer than anything takes.
            while !String::from_utf8_lossy(&all[answered..]).contains(question) {
                let Ok(more) = shows.recv_timeout(Duration::from_secs(90)) else {
                    child.kill().ok();
                    panic!("“{question}” is not asked: {}", String::from_utf8_lossy(&all));
                };
                all.extend(more);
            }
            // A console is not asked as soon as the question stands there: keys wait until it has been still for a while.
            while let Ok(more) = shows.recv_timeout(Duration::from_secs(2)) {
                all.extend(more);
            }
            answered = all.len();
            keys.write_all(format!("{answer}\r").as_bytes()).unwrap();
        }
        all.extend(shows.iter().flatten());
        assert!(child.wait().unwrap().success());
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Another program that has files open until it is let go; `mode` is what it lets others do meanwhile.
    pub fn holds(&self, mode: u32, files: &[&Path]) -> Held {
        let mut command = self.wine(&built().join("hold.exe"));
        command.arg(mode.to_string()).args(files).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut word = [0; 4];
        child.stdout.as_mut().unwrap().read_exact(&mut word).expect("hold.exe could not open the files");
        assert_eq!(&word, b"held");
        Held(child)
    }
}

/// A program that has files open.
pub struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().ok();
    }
}

/// Everything a program printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
