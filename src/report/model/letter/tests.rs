use super::*;

fn letter() -> Letter {
    Letter {
        superior: Some("Tỉnh ủy Long An".into()),
        issuer: "Ủy ban nhân dân tỉnh Long An".into(),
        symbol: "BC-UBND".into(),
        place: "Long An".into(),
        as_of: NaiveDate::from_ymd_opt(2024, 12, 5).unwrap(),
        dated: Some(NaiveDate::from_ymd_opt(2024, 12, 5).unwrap()),
        kind: "BÁO CÁO".into(),
        subject: "Kết quả năm 2024".into(),
        addressee: "Bộ Giáo dục và Đào tạo".into(),
        authority: vec!["TM. Ủy ban nhân dân".into(), "Chủ tịch".into()],
        signer: "Nguyễn Văn A".into(),
        recipients: vec!["- Như trên;".into(), " – ".into(), "Lưu: VT".into()],
        year: 2024,
        province: "tỉnh Long An".into(),
    }
}

fn section(title: &str, place: Place, blocks: Vec<Block>) -> Section {
    Section { id: title.into(), title: title.into(), place, sheet: None, blocks }
}

fn report(sections: Vec<Section>) -> Report {
    Report { letter: letter(), sections, shorter: Vec::new() }
}

fn paragraph(text: &str) -> Block {
    Block::paragraph(text)
}

/// Blocks of a body in short.
fn body_of(sections: Vec<Section>) -> Vec<String> {
    let report = report(sections);
    let short = |block: &Cow<'_, Block>| match block.as_ref() {
        Block::Heading { level, text } => format!("h{level} {text}"),
        Block::Paragraph(text) => format!("p {text}"),
        Block::Points(points) => {
            format!("- {}", points.iter().map(Words::to_string).collect::<Vec<_>>().join(" | "))
        }
        other => format!("{other:?}"),
    };
    report.official_letter().body.iter().map(short).collect()
}

#[test]
fn the_head_says_who_writes_where_and_when() {
    let head = letter().head();
    assert_eq!(head.state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    assert_eq!(head.motto, "Độc lập - Tự do - Hạnh phúc");
    assert_eq!(head.superior.as_deref(), Some("TỈNH ỦY LONG AN"));
    assert_eq!(head.issuer, "ỦY BAN NHÂN DÂN TỈNH LONG AN");
    assert_eq!(head.number.replace('\u{a0}', "_"), "Số:______________/BC-UBND");
    assert_eq!(head.place_and_date, "Long An, ngày 05 tháng 12 năm 2024");
    // Without a day of its own room is left for one.
    let blank = Letter { dated: None, ..letter() }.head().place_and_date;
    assert_eq!(blank.replace('\u{a0}', "_"), "Long An, ngày______tháng______năm 2024");
}

#[test]
fn the_title_is_in_two_lines_and_in_one() {
    let title = Letter { kind: "Báo cáo".into(), ..letter() }.title();
    assert_eq!((title.kind.as_str(), title.subject.as_str()), ("BÁO CÁO", "Kết quả năm 2024"));
    assert_eq!(title.full, "Báo cáo Kết quả năm 2024");
}

#[test]
fn one_addressee_stands_behind_the_salutation_and_several_in_a_list() {
    let addressees = |addressee: &str| Letter { addressee: addressee.into(), ..letter() }.addressees();
    assert_eq!(addressees(" \n "), None);
    assert_eq!(addressees("- Bộ Nội vụ\n"), Some(Addressees::One("Kính gửi: Bộ Nội vụ".into())));
    let lines = vec!["- Bộ Nội vụ;".into(), "- Bộ Tài chính.".into()];
    let several = Addressees::Several { lead: "Kính gửi:".into(), lines };
    assert_eq!(addressees("- Bộ Nội vụ;\n\nBộ Tài chính"), Some(several));
}

#[test]
fn signature_and_recipients_are_spelt_as_the_decree_wants() {
    let report = report(Vec::new());
    let official = report.official_letter();
    assert_eq!(official.signature.authority, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);
    assert_eq!(official.signature.signer, "Nguyễn Văn A");
    assert_eq!(official.recipients.title, "Nơi nhận:");
    assert_eq!(official.recipients.lines, ["- Như trên;", "- Lưu: VT."]);
}

#[test]
fn a_section_is_headed_by_its_title_unless_it_has_a_heading() {
    let heading = Block::Heading { level: 1, text: "I. Mở đầu".into() };
    let body = body_of(vec![
        section("Mở đầu", Place::Body, vec![heading]),
        section("II. Kết quả", Place::Body, vec![paragraph("Hết.")]),
        section(" ", Place::Body, Vec::new()),
        section("Trang tính", Place::Sheet, vec![paragraph("không in")]),
    ]);
    assert_eq!(body, ["h1 I. Mở đầu", "h1 II. Kết quả", "p Hết./."]);
    assert_eq!(shown_heading(1, "II. Kết quả"), "II. KẾT QUẢ");
    assert_eq!(shown_heading(2, "1. Kết quả"), "1. Kết quả");
}

#[test]
fn the_body_ends_with_its_sign_once() {
    let end = |block: Block| body_of(vec![section("", Place::Body, vec![paragraph("Đầu."), block])]);
    for text in ["kính báo cáo.", "kính báo cáo", "kính báo cáo./. "] {
        assert_eq!(end(paragraph(text)), ["p Đầu.", "p kính báo cáo./."]);
    }
    assert_eq!(end(Block::Points(vec!["một;".into(), "hai;".into()])), ["p Đầu.", "- một; | hai./."]);
    // What is no text cannot carry the sign, nor can an empty line.
    assert_eq!(end(Block::Remarks("Ý kiến".into())).last().unwrap(), "p ./.");
    assert_eq!(end(paragraph(" ")).last().unwrap(), "p ./.");
    assert_eq!(body_of(Vec::new()), ["p ./."]);
    // A title without text behind the last text does not take the sign from it.
    let body = body_of(vec![
        section("I", Place::Body, vec![paragraph("Hết")]),
        section("II", Place::Body, Vec::new()),
    ]);
    assert_eq!(body, ["h1 I", "p Hết./.", "h1 II"]);
}

#[test]
fn annexes_are_numbered_in_roman() {
    assert_eq!([1, 4, 9, 14].map(roman), ["I", "IV", "IX", "XIV"]);
    let annex = |title: &str| section(title, Place::Annex { landscape: true }, vec![paragraph("…")]);
    let one = report(vec![annex("Số liệu")]);
    assert_eq!(one.official_letter().annexes[0].head.label, "Phụ lục");
    let two = report(vec![annex("Số liệu"), section("", Place::Body, Vec::new()), annex("Nhận xét")]);
    let official = two.official_letter();
    let last = &official.annexes[1];
    assert_eq!(last.head.label, "Phụ lục II");
    assert_eq!(last.head.title, "NHẬN XÉT");
    assert_eq!(last.head.full, "Phụ lục II. Nhận xét");
    assert_eq!(
        last.head.belongs_to.replace('\u{a0}', "_"),
        "(Kèm theo Báo cáo số______________/BC-UBND ngày 05 tháng 12 năm 2024 của Ủy ban nhân dân tỉnh Long An)"
    );
    assert!(last.landscape && last.blocks.len() == 1);
}
