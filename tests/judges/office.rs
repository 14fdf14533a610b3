//! LibreOffice, started once for all trials that need it: a macro (`office/serve.bas`) saves what they ask for.
//!
//! A start takes longer than most of what is asked. Every formula is worked out anew on loading, whatever results a
//! file holds.

use super::tools::{fresh_folder, said, script};
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Most time for one job; the longest, twenty provinces, takes a minute.
const LONGEST: Duration = Duration::from_secs(900);
/// LibreOffice trusts the results in files of others unless told always to recalculate (0). A picture of the first
/// page would take longer than saving an .ods; and a profile that says it is complete is used as it stands.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
    <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
  <item oor:path="/org.openoffice.Office.Common/Save/Document">
    <prop oor:name="GenerateThumbnail" oor:op="fuse"><value>false</value></prop>
  </item>
  <item oor:path="/org.openoffice.Setup/Office">
    <prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop>
  </item>
</oor:items>
"#;
/// Where LibreOffice looks for macros: the list of libraries, the list of modules of one, a module.
const LIBRARIES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>
"#;
const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
{elements}</library:library>
"#;
const MODULE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{macros}</script:module>
"#;

/// Writes into templates past their validation, by openpyxl, and has LibreOffice work everything out; the folder of what it
/// saved. Beside each file to be written lie the template, `.blank.xlsx`, and what goes into it by field, `.json`.
pub fn filled_and_recalculated(files: &[PathBuf]) -> PathBuf {
    let of_file =
        |file: &PathBuf| [file.with_extension("blank.xlsx"), file.with_extension("json"), file.clone()];
    let arguments: Vec<PathBuf> = files.iter().flat_map(of_file).collect();
    let output = script("fill.py", &arguments);
    assert!(output.status.success(), "{}", said(&output));
    saved_by_libreoffice(Format::Xlsx, files)
}

/// Formats that LibreOffice saves, by their endings.
#[derive(Clone, Copy)]
pub enum Format {
    Xlsx,
    Xls,
    Ods,
    Pdf,
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Pdf => "pdf",
        }
    }

    fn filter(self) -> &'static str {
        match self {
            Format::Xlsx => "Calc MS Excel 2007 XML",
            Format::Xls => "MS Excel 97",
            Format::Ods => "calc8",
            Format::Pdf => "calc_pdf_Export",
        }
    }
}

/// Has LibreOffice work out the files anew and save them in a format; gives the folder they are in, under their own
/// names with the ending of the format.
pub fn saved_by_libreoffice(format: Format, files: &[PathBuf]) -> PathBuf {
    let out = fresh_folder("saved");
    let mut lines = vec![format.filter().to_owned()];
    for file in files {
        let copy = out.join(file.file_name().unwrap()).with_extension(format.ending());
        lines.extend([file, &copy].map(|path| path.to_str().unwrap().to_owned()));
    }
    // No line end after the last: LibreOffice would read it as a part of the name.
    let job = lines.join("\n");
    let mut office = OFFICE.lock().unwrap_or_else(|broken| broken.into_inner());
    // One that waited too long for work has gone.
    office.take_if(|office| office.process.try_wait().unwrap().is_some());
    office.get_or_insert_with(Office::start).save(&job);
    out
}

/// Ends LibreOffice, if it was started.
pub fn close() {
    let office = OFFICE.lock().unwrap_or_else(|broken| broken.into_inner()).take();
    if let Some(mut office) = office {
        let asked = fs::write(office.jobs.join("stop"), "");
        let ended = asked.is_ok() && office.ends_within(Duration::from_secs(20));
        if !ended {
            let _ = office.process.kill();
            let _ = office.process.wait();
        }
    }
}

/// One job at a time: LibreOffice has one thread for documents.
static OFFICE: Mutex<Option<Office>> = Mutex::new(None);

struct Office {
    process: Child,
    jobs: PathBuf,
    number: usize,
}

impl Office {
    fn start() -> Office {
        let (profile, jobs) = (profile(), fresh_folder("jobs"));
        let process = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--norestore"])
            .arg(format!("macro:///Standard.Module1.Serve(\"{}\")", jobs.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Office { process, jobs, number: 0 }
    }

    fn save(&mut self, job: &str) {
        self.number += 1;
        let file = |ending: &str| self.jobs.join(format!("{}.{ending}", self.number));
        // Renamed when it is whole: LibreOffice takes whatever ends in .job.
        fs::write(file("new"), job).unwrap();
        fs::rename(file("new"), file("job")).unwrap();
        let start = Instant::now();
        while !file("done").exists() {
            if let Ok(why) = fs::read_to_string(file("failed")) {
                panic!("LibreOffice: {why}");
            }
            if let Some(status) = self.process.try_wait().unwrap() {
                panic!("LibreOffice ended with {status} over: {job}");
            }
            assert!(start.elapsed() < LONGEST, "LibreOffice does not finish: {job}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn ends_within(&mut self, time: Duration) -> bool {
        let start = Instant::now();
        while start.elapsed() < time {
            if self.process.try_wait().is_ok_and(|status| status.is_some()) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

/// A profile with the settings and the macro.
fn profile() -> PathBuf {
    let profile = fresh_folder("profile");
    let basic = profile.join("user/basic");
    let standard = basic.join("Standard");
    fs::create_dir_all(&standard).unwrap();
    let macros =
        include_str!("office/serve.bas").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let write = |path: PathBuf, text: &str| fs::write(path, text).unwrap();
    write(profile.join("user/registrymodifications.xcu"), SETTINGS);
    for (kind, elements) in [("script", " <library:element library:name=\"Module1\"/>\n"), ("dialog", "")] {
        write(basic.join(format!("{kind}.xlc")), LIBRARIES);
        write(standard.join(format!("{kind}.xlb")), &LIBRARY.replace("{elements}", elements));
    }
    write(standard.join("Module1.xba"), &MODULE.replace("{macros}", &macros));
    profile
}
