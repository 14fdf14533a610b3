use super::*;
use crate::finding::Code;
use crate::intake::raw::FileFormat;
use crate::intake::{Kind, sniff};
use cfb::CompoundFile;
use std::io::{Cursor, Write};

/// The names and contents that a mail brings.
fn brought(mail: &[u8]) -> Vec<(String, Vec<u8>)> {
    let members = attachments(mail).unwrap();
    members.into_iter().map(|member| (member.path, member.bytes.unwrap())).collect()
}

fn mail_of(head: &str, parts: &[&str]) -> Vec<u8> {
    let mut text =
        format!("{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_x\"\r\n\r\nlost\r\n");
    for part in parts {
        text += &format!("--=_x\r\n{part}\r\n");
    }
    (text + "--=_x--\r\nbehind\r\n").into_bytes()
}

const HEAD: &str = "Subject: bc\r\nFrom: a@example.vn\r\n";
const WORDS: &str = "Content-Type: text/plain; charset=utf-8\r\n\r\nGửi số liệu.";

#[test]
fn names_are_read_in_every_way_of_writing_them() {
    let names = [
        ("filename=\"794.xlsx\"", "794.xlsx"),
        ("filename=794.xlsx", "794.xlsx"),
        ("filename=\"=?UTF-8?B?SHV54buHbiDEkOG7qWMgSMOyYS54bHN4?=\"", "Huyện Đức Hòa.xlsx"),
        (
            "filename=\"=?utf-8?Q?Huy=E1=BB=87n_?=\r\n =?utf-8?Q?=C4=90=E1=BB=A9c_H=C3=B2a.xlsx?=\"",
            "Huyện Đức Hòa.xlsx",
        ),
        ("filename*=UTF-8''Huy%E1%BB%87n%20%C4%90%E1%BB%A9c%20H%C3%B2a.xlsx", "Huyện Đức Hòa.xlsx"),
        (
            "filename*0*=UTF-8''Huy%E1%BB%87n%20;\r\n filename*1*=%C4%90%E1%BB%A9c%20;\r\n filename*2=\"802.xlsx\"",
            "Huyện Đức 802.xlsx",
        ),
        ("filename=\"C:\\\\so lieu\\\\../794.xlsx\"", "794.xlsx"),
        ("filename=\"Huyện Đức Hòa.xlsx\"", "Huyện Đức Hòa.xlsx"),
    ];
    for (written, name) in names {
        let part = format!(
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {written}\r\n\
             Content-Transfer-Encoding: BASE64\r\n\r\nUEsD\r\nBAU=\r\n"
        );
        assert_eq!(
            brought(&mail_of(HEAD, &[WORDS, &part])),
            [(name.to_owned(), b"PK\x03\x04\x05".to_vec())],
            "{written}"
        );
    }
    let by_type = "Content-Type: application/vnd.ms-excel; name=\"=?utf-8?B?VMOibiBBbi54bHM=?=\"\r\n\r\nabc";
    assert_eq!(brought(&mail_of(HEAD, &[by_type])), [("Tân An.xls".to_owned(), b"abc".to_vec())]);
}

#[test]
fn contents_are_decoded_and_survive_what_went_wrong_on_the_way() {
    let body = |encoding: &str, body: &str| {
        let part = format!(
            "Content-Disposition: attachment; filename=a\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}"
        );
        brought(&mail_of(HEAD, &[&part])).remove(0).1
    };
    assert_eq!(body("base64", "UE\r\n sD!BA=="), b"PK\x03\x04");
    assert_eq!(body("base64", "UEsDB"), b"PK\x03", "cut in the middle");
    assert_eq!(body("quoted-printable", "a=3D1=\r\n2=zz=E1=BB=87"), "a=12=zzệ".as_bytes());
    assert_eq!(body("8bit", "a;b\r\n"), b"a;b\r\n", "the last end of line is the boundary's");
    // Cut before the end, and a boundary that the header no longer tells.
    let mail = mail_of(HEAD, &[WORDS, "Content-Disposition: attachment; filename=a\r\n\r\nabc"]);
    let cut = &mail[..mail.len() - 19];
    assert_eq!(brought(cut), [("a".to_owned(), b"abc".to_vec())]);
    let untold = String::from_utf8(mail).unwrap().replace("; boundary=\"=_x\"", "");
    assert_eq!(brought(untold.as_bytes()), [("a".to_owned(), b"abc".to_vec())]);
}

#[test]
fn words_signatures_and_logos_are_no_files_and_a_mail_of_a_mail_is_one() {
    let logo = "Content-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\n\r\npng";
    let signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx";
    let table = "Content-Disposition: attachment; filename=a.xlsx\r\n\r\nabc";
    let names =
        |parts: &[&str]| brought(&mail_of(HEAD, parts)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&[WORDS, logo, signature, table]), ["a.xlsx"]);
    assert_eq!(names(&[WORDS, logo]), ["logo.png"], "a picture may be all there is");
    let none = attachments(&mail_of(HEAD, &[WORDS, signature])).unwrap_err();
    assert_eq!(none.code, Code::F001);
    let forwarded = format!(
        "Content-Type: message/rfc822\r\n\r\n{}",
        String::from_utf8(mail_of(HEAD, &[table])).unwrap()
    );
    let forwarded = forwarded.replace("=_x", "=_y");
    let [(name, inner)] = <[_; 1]>::try_from(brought(&mail_of(HEAD, &[WORDS, &forwarded]))).unwrap();
    assert_eq!((name.as_str(), sniff(&inner)), ("thu-kem-1.eml", Kind::Mail));
    assert_eq!(brought(&inner), [("a.xlsx".to_owned(), b"abc".to_vec())]);
    // The whole mail is the file.
    let alone = b"From: a\nDate: Wed, 4 Dec 2024 20:00:00 +0000\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n";
    let member = attachments(alone).unwrap().remove(0);
    assert_eq!((member.path.as_str(), member.bytes.unwrap().as_slice()), ("a.zip", &b"PK\x03\x04"[..]));
    assert_eq!(member.modified.unwrap().shown.to_string(), "2024-12-04 20:00:00", "universal time");
}

#[test]
fn files_in_the_words_and_sealed_mails_are_told() {
    let told = |mail: &[u8]| {
        let member = attachments(mail).unwrap().remove(0);
        let unreadable = match member.bytes {
            Ok(bytes) => crate::intake::read(&bytes, &[]).unwrap_err(),
            Err(unreadable) => unreadable,
        };
        (member.path, unreadable.code)
    };
    let letters = format!("{WORDS}\r\n\r\nbegin 644 so lieu.xls\r\n#0V%T\r\n`\r\nend");
    assert_eq!(told(&mail_of(HEAD, &[&letters])), ("so lieu.xls".to_owned(), Code::F005));
    let alone = format!("{HEAD}\r\nGửi anh\r\nbegin 644 a.xls\r\n#0V%T\r\n`\r\nend\r\n");
    assert_eq!(told(alone.as_bytes()), ("a.xls".to_owned(), Code::F005));
    let opaque = |kind: &str| {
        // What a mail is that is signed or encrypted as a whole.
        format!(
            "{HEAD}MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=x; name=smime.p7m\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{kind}\r\n"
        )
    };
    let smime = "smime.p7m".to_owned();
    assert_eq!(told(opaque("MIISNAYJKoZIhvcNAQcCoIISJTCCEg==").as_bytes()), (smime.clone(), Code::F005));
    assert_eq!(told(opaque("MIISNAYJKoZIhvcNAQcDoIISJTCCEg==").as_bytes()), (smime, Code::F004));
    let pgp = mail_of(
        HEAD,
        &[
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ",
        ],
    );
    assert_eq!(told(&pgp), ("encrypted.asc".to_owned(), Code::F004));
    let inline = format!("{WORDS}\r\n");
    let inline = inline.replace("Gửi số liệu.", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQ");
    assert_eq!(told(&mail_of(HEAD, &[&inline])), ("tep-kem-1".to_owned(), Code::F004));
}

#[test]
fn a_mail_tells_when_a_server_took_it_and_else_when_it_was_sent() {
    let receipt = |head: &str| {
        let part = "Content-Disposition: attachment; filename=a\r\n\r\nabc";
        let received = attachments(&mail_of(head, &[part])).unwrap().remove(0).received;
        received.map(|receipt| (receipt.moment.shown.to_string(), receipt.by))
    };
    let sent = "Date: Thu, 5 Dec 2024 08:00:00 +0700\r\n";
    let taken = "Received: by a.example.vn; Tue, 10 Dec 2024 09:00:01 +0700 (ICT)\r\n\
                 Received: from b.example.vn (b [10.0.0.1])\r\n by c with ESMTP id 1; Thu, 5 Dec 2024 08:00:03 +0700\r\n";
    assert_eq!(receipt(HEAD), None);
    let by_sender = ("2024-12-05 01:00:00".to_owned(), ReceiptBy::Sender);
    assert_eq!(receipt(&format!("{HEAD}{sent}")), Some(by_sender));
    let by_server = ("2024-12-10 02:00:01".to_owned(), ReceiptBy::Server);
    assert_eq!(receipt(&format!("{taken}{HEAD}{sent}")), Some(by_server), "the newest line");
}

#[test]
fn a_mailbox_brings_the_files_of_all_its_mails() {
    let mail = |name: &str| {
        let part = format!("Content-Disposition: attachment; filename={name}\r\n\r\nabc");
        [
            b"From a@example.vn Wed Dec  4 08:00:00 2024\r\n".to_vec(),
            mail_of(HEAD, &[&part]),
            b"\r\n".to_vec(),
        ]
        .concat()
    };
    let mailbox = [mail("a.xlsx"), mail("b.xlsx")].concat();
    assert_eq!(sniff(&mailbox), Kind::Mail);
    let names: Vec<String> = brought(&mailbox).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.xlsx", "b.xlsx"]);
}

#[test]
fn no_mail_leads_deeper_than_the_stack_or_runs_for_ever() {
    // Multiparts within multiparts, each with its own boundary.
    let mut deep = String::from(HEAD);
    for level in 0..20_000 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
    }
    assert_eq!(attachments(deep.as_bytes()).unwrap_err().code, Code::F001);
    let many = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: a/b\r\n\r\nx\r\n".repeat(20_000)
    );
    assert!(attachments(many.as_bytes()).unwrap().len() <= MOST_PARTS);
    for cut in 0..deep.len().min(300) {
        let _ = attachments(&deep.as_bytes()[..cut]);
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn outlooks_own_mails_give_their_files_and_those_of_mails_inside() {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut put = |path: &str, bytes: &[u8]| {
        let (storage, _) = path.rsplit_once('/').unwrap();
        file.create_storage_all(format!("{storage}/")).unwrap();
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    };
    // 2024-12-05 01:00:00 and a day later, in steps of 100 ns since 1601.
    let sent: u64 = (1_733_360_400 + 11_644_473_600) * 10_000_000;
    let property =
        |id: u32, value: u64| [&id.to_le_bytes()[..], &[6, 0, 0, 0], &value.to_le_bytes()].concat();
    let day = 86_400 * 10_000_000;
    let top = [vec![0; 32], property(0x0039_0040, sent), property(0x0E06_0040, sent + day)].concat();
    put("/__properties_version1.0", &top);
    put("/__attach_version1.0_#00000000/__substg1.0_3707001F", &utf16("Huyện Đức Hòa.xlsx"));
    put("/__attach_version1.0_#00000000/__substg1.0_37010102", &[b'a'; 5000]);
    put("/__attach_version1.0_#00000001/__substg1.0_3704001E", b"T\xE2n An.xls\0");
    put("/__attach_version1.0_#00000001/__substg1.0_37010102", b"xls");
    put("/__attach_version1.0_#00000002/__substg1.0_3001001F", &utf16("Fwd: bao cao"));
    let inner = "/__attach_version1.0_#00000002/__substg1.0_3701000D/__attach_version1.0_#00000000";
    put(&format!("{inner}/__substg1.0_3707001F"), &utf16("b.xlsx"));
    put(&format!("{inner}/__substg1.0_37010102"), b"inner");
    let of_inner = [vec![0; 24], property(0x0039_0040, sent)].concat();
    put("/__attach_version1.0_#00000002/__substg1.0_3701000D/__properties_version1.0", &of_inner);
    put("/__attach_version1.0_#00000003/__substg1.0_3707001F", &utf16("tren mang.xlsx"));
    // Rich text holds objects of other programs: a workbook, one of 1997, and what nobody else can take out.
    put("/__attach_version1.0_#00000004/__substg1.0_3701000D/Package", b"PK-object");
    put("/__attach_version1.0_#00000005/__substg1.0_3701000D/Workbook", &[b'w'; 5000]);
    put("/__attach_version1.0_#00000006/__substg1.0_3701000D/CONTENTS", b"ink");
    let bytes = file.into_inner().into_inner();

    assert_eq!(sniff(&bytes), Kind::OutlookMail);
    let members = msg::attachments(&bytes).unwrap();
    let found: Vec<(&str, Result<usize, Code>)> = members
        .iter()
        .map(|member| (member.path.as_str(), member.bytes.as_ref().map(Vec::len).map_err(|why| why.code)))
        .collect();
    let expected = [
        ("Huyện Đức Hòa.xlsx", Ok(5000)),
        ("Tân An.xls", Ok(3)),
        ("Fwd: bao cao/b.xlsx", Ok(5)),
        ("tren mang.xlsx", Err(Code::F006)),
        ("tep-kem-5", Ok(9)),
        ("tep-kem-6", Ok(20_480)),
        ("tep-kem-7", Err(Code::F006)),
    ];
    assert_eq!(found, expected);
    assert_eq!(sniff(members[5].bytes.as_ref().unwrap()), Kind::Workbook(FileFormat::Xls));
    let told = members[6].bytes.as_ref().unwrap_err();
    assert!(told.cause.contains("RTF") && told.cure.contains("nhấn đúp"), "{told:?}");
    let came = |at: usize| members[at].received.map(|receipt| (receipt.moment.shown.to_string(), receipt.by));
    assert_eq!(came(0), Some(("2024-12-06 01:00:00".to_owned(), ReceiptBy::Server)));
    assert_eq!(came(2), Some(("2024-12-05 01:00:00".to_owned(), ReceiptBy::Sender)), "the inner mail's own");
    for cut in (0..bytes.len()).step_by(97) {
        let _ = msg::attachments(&bytes[..cut]);
    }
}

#[test]
fn what_outlook_packs_for_itself_is_unpacked() {
    fn attribute(id: u32, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        [&[2][..], &id.to_le_bytes(), &length, data, &[0, 0]].concat()
    }
    fn property(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
        let length = u32::try_from(value.len()).unwrap().to_le_bytes();
        let filled = vec![0; (4 - value.len() % 4) % 4];
        [&kind.to_le_bytes()[..], &id.to_le_bytes(), &1_u32.to_le_bytes(), &length, value, &filled].concat()
    }
    let named = [&3_u32.to_le_bytes()[..], &[3, 0, 0x14, 0x37, 1, 0, 0, 0]].concat();
    let name = property(0x1F, 0x3707, &utf16("Huyện Đức Hòa.xlsx\0"));
    let other = property(0x1E, 0x3703, b".xlsx\0");
    let pack = [
        SIGNATURE_AND_KEY.to_vec(),
        attribute(0x0006_9002, &[0; 14]),
        attribute(0x0001_8010, b"HUYEN~1.XLS\0"),
        attribute(0x0006_800F, b"PK-a"),
        attribute(0x0006_9005, &[named, other, name].concat()),
        attribute(0x0006_9002, &[0; 14]),
        attribute(0x0001_8010, b"T\xE2n An.xls\0"),
        attribute(0x0006_800F, b"xls"),
    ]
    .concat();
    assert_eq!(sniff(&pack), Kind::OutlookPack);
    let found: Vec<(String, Vec<u8>)> = tnef::attachments(&pack)
        .unwrap()
        .into_iter()
        .map(|member| (member.path, member.bytes.unwrap()))
        .collect();
    let expected = [("Huyện Đức Hòa.xlsx", b"PK-a".to_vec()), ("Tân An.xls", b"xls".to_vec())];
    assert_eq!(found, expected.map(|(name, bytes)| (name.to_owned(), bytes)));
    for cut in 0..pack.len() {
        let _ = tnef::attachments(&pack[..cut]);
    }
}

const SIGNATURE_AND_KEY: &[u8] = &[0x78, 0x9F, 0x3E, 0x22, 1, 0];
