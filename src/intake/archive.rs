//! A zip of submissions, as mail programs and phones pack them: its files one after another, never unfolded at once.

use super::code_page;
use super::guard;
use super::limits::LARGEST_FILE;
use super::member::{Member, inside};
use super::moment::Moment;
use super::unreadable::Unreadable;
use chrono::{DateTime, Datelike, NaiveDate};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::extra_fields::ExtraField;
use zip::read::ZipFile;

/// The files of a zip, in the order of their paths; folders and what systems add unasked are left out.
///
/// # Errors
/// Damaged, too many or too large files in all (as many and as large as a workbook's parts may be), or no file at all.
pub(super) fn members(bytes: &[u8]) -> Result<impl Iterator<Item = Member> + '_, Unreadable> {
    let mut zip = guard::archive(bytes)?;
    let mut files: Vec<(String, usize)> = (0..zip.len())
        .filter_map(|index| {
            let part = zip.by_index_data(index).ok()?;
            // The library takes what is not marked as UTF-8 for CP437; Windows writes in the code page of its language.
            let name = inside(&code_page::read(part.name_raw()));
            let name = if name.is_empty() { format!("tep-{}", index + 1) } else { name };
            (!part.is_dir()).then_some((name, index))
        })
        .filter(|(path, _)| !is_unasked(path))
        .collect();
    if files.is_empty() {
        return Err(Unreadable::nothing("Tệp nén không có tệp nào bên trong."));
    }
    files.sort();
    Ok(files.into_iter().map(move |(path, index)| member(&mut zip, path, index)))
}

fn member(zip: &mut ZipArchive<Cursor<&[u8]>>, path: String, index: usize) -> Member {
    let damaged = || Unreadable::damaged("phần này của tệp nén bị cắt cụt hoặc sai dữ liệu");
    let modified = zip.by_index_raw(index).ok().and_then(|part| changed(&part));
    let encrypted = zip.by_index_data(index).is_ok_and(|part| part.encrypted());
    let bytes = if encrypted {
        Err(Unreadable::locked_archive())
    } else if let Some(method) = guard::unknown_packing(zip, index) {
        Err(Unreadable::member_packed_otherwise(method))
    } else {
        zip.by_index(index).map_err(|_| damaged()).and_then(|part| {
            let mut bytes = Vec::new();
            part.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map(|_| bytes).map_err(|_| damaged())
        })
    };
    Member { path, modified, received: None, bytes }
}

/// What macOS and Windows put into a zip, and a workbook's own lock file is not among it.
fn is_unasked(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.is_empty()
        || path.starts_with("__MACOSX/")
        || name.starts_with('.')
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// Some programs add the moment in universal time; the time that every zip has is that of the wall. Who knows none
/// writes the first day the format can say.
fn changed<R: Read>(part: &ZipFile<'_, R>) -> Option<Moment> {
    let universal = part.extra_data_fields().find_map(|field| match field {
        ExtraField::ExtendedTimestamp(times) => times.mod_time(),
        _ => None,
    });
    let universal = universal.and_then(|seconds| DateTime::from_timestamp(i64::from(seconds), 0));
    if let Some(universal) = universal {
        return Some(Moment::utc(universal.naive_utc()));
    }
    let at = part.last_modified()?;
    let day = NaiveDate::from_ymd_opt(i32::from(at.year()), u32::from(at.month()), u32::from(at.day()))?;
    let time = day.and_hms_opt(u32::from(at.hour()), u32::from(at.minute()), u32::from(at.second()))?;
    (day.year() > FIRST_YEAR).then(|| Moment::local(time))
}

/// The first year that a zip can say.
const FIRST_YEAR: i32 = 1980;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_in_order_and_paths_stay_inside() {
        let bytes = packed(&[
            ("b/../../etc/796.xlsx", b"2".to_vec()),
            ("C:\\nhan\\794.xlsx", b"1".to_vec()),
            ("__MACOSX/b/._796.xlsx", b"x".to_vec()),
            ("b/.DS_Store", b"x".to_vec()),
            ("b/~$796.xlsx", b"3".to_vec()),
            // Found by fuzzing: with the control characters gone, an empty name and a way out were left.
            ("c/\u{8}/..\u{1}/797.xlsx", b"4".to_vec()),
        ]);
        let found: Vec<(String, Vec<u8>)> =
            members(&bytes).unwrap().map(|member| (member.path, member.bytes.unwrap())).collect();
        let expected =
            [("b/etc/796.xlsx", b"2"), ("b/~$796.xlsx", b"3"), ("c/797.xlsx", b"4"), ("nhan/794.xlsx", b"1")];
        assert_eq!(found, expected.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
    }

    #[test]
    fn a_member_that_is_packed_otherwise_is_named_so_beside_one_that_is_read() {
        // BZip2 and LZMA are packed by Python's zipfile, Deflate64 by the number of its method alone: nothing unpacks it.
        let zips: [(&[u8], &str); 3] = [
            (include_bytes!("../../tests/packed/bzip2.zip"), "BZip2"),
            (include_bytes!("../../tests/packed/lzma.zip"), "LZMA"),
            (include_bytes!("../../tests/packed/deflate64.zip"), "Deflate64"),
        ];
        for (bytes, method) in zips {
            let found: Vec<Member> = members(bytes).unwrap().collect();
            let [read, other] = <[Member; 2]>::try_from(found).unwrap_or_else(|all| panic!("{}", all.len()));
            assert_eq!((read.path.as_str(), read.bytes.as_deref()), ("794.csv", Ok(&b"a;b\n"[..])));
            let told = other.bytes.unwrap_err();
            assert_eq!((other.path.as_str(), told.code), ("796.csv", Code::F005), "{method}");
            assert!(told.cause.contains(method) && told.cause.contains("không hỏng"), "{}", told.cause);
            assert!(told.cure.contains("Giải nén tất cả") && !told.cure.contains("Save As"), "{}", told.cure);
        }
    }

    #[test]
    fn a_member_was_changed_by_the_clock_on_the_wall() {
        let at = zip::DateTime::from_date_and_time(2024, 12, 5, 15, 30, 0).unwrap();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, time) in [("a.xlsx", at), ("b.xlsx", zip::DateTime::default())] {
            zip.start_file(name, SimpleFileOptions::default().last_modified_time(time)).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let times: Vec<_> = members(&bytes).unwrap().map(|member| member.modified).collect();
        let shown = NaiveDate::from_ymd_opt(2024, 12, 5).unwrap().and_hms_opt(15, 30, 0).unwrap();
        // The first day that the format can say is said by whoever knows none.
        assert_eq!(times, [Some(Moment::local(shown)), None]);
    }

    #[test]
    fn bombs_and_wrecks_are_refused_whole_and_a_large_file_alone() {
        let code = |bytes: &[u8]| members(bytes).err().map(|unreadable| unreadable.code);
        assert_eq!(code(b"PK\x03\x04 cut"), Some(Code::F003));
        assert_eq!(code(&packed(&[])), Some(Code::F006));
        // 3 × 90 MiB of zeros pack into 270 KB: each may stand alone, together they may not.
        let zeros = || vec![0_u8; 90 << 20];
        assert_eq!(code(&packed(&[("a", zeros()), ("b", zeros()), ("c", zeros())])), Some(Code::F002));
        let large = packed(&[("a", vec![0; LARGEST_FILE as usize + 5]), ("b", vec![1])]);
        let sizes: Vec<usize> = members(&large).unwrap().map(|member| member.bytes.unwrap().len()).collect();
        assert_eq!(sizes, [LARGEST_FILE as usize + 1, 1], "cut where the guard of sizes will speak");
    }
}
