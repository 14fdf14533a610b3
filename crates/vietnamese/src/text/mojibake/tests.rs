use super::*;
use crate::text::{TextChange, read_lines, read_text};
use proptest::prelude::*;

const GOOD: &[&str] = &[
    "đã tổ chức",
    "Đã tổ chức 12 lớp xóa mù chữ tại các ấp; còn thiếu phòng học.",
    "Ủy ban nhân dân xã Đức Hòa Thượng",
    "là hàng năm và nhà trường",
    "“Công dân học tập” – 87%",
    "Ý kiến: không",
];

/// What a program shows that reads UTF-8 in a code page.
fn misread(text: &str, code_page: Misread) -> String {
    let shown = |byte: u8| {
        if byte < 0x80 {
            return char::from(byte);
        }
        let all = (0x80..=0xFFFF).filter_map(char::from_u32);
        // Windows's own letters before the control characters.
        let mut found: Vec<char> = all.filter(|c| code_page.byte(*c) == Some(byte)).collect();
        found.sort_by_key(|c| c.is_control());
        found[0]
    };
    text.bytes().map(shown).collect()
}

#[test]
fn what_was_misread_is_mended() {
    for good in GOOD {
        for code_page in Misread::ALL {
            let spoiled = misread(good, code_page);
            assert_eq!(mend_misread(&spoiled).as_deref(), Some(*good), "{code_page:?} {spoiled:?}");
        }
        let latin1: String = good.bytes().map(char::from).collect();
        assert_eq!(mend_misread(&latin1).as_deref(), Some(*good), "{latin1:?}");
        let twice = misread(&misread(good, Misread::Western), Misread::Western);
        assert_eq!(mend_misread(&twice).as_deref(), Some(*good), "{twice:?}");
        let apart: String = good.nfd().collect();
        let spoiled = misread(&apart, Misread::Western);
        assert_eq!(read_text(&spoiled, None).text, *good, "letters and marks apart");
    }
}

#[test]
fn halves_that_were_lost_on_the_way_are_filled_in_where_only_one_fits() {
    assert_eq!(mend_misread("Ä?á»©c HÃ²a").as_deref(), Some("Đức Hòa"));
    assert_eq!(
        mend_misread("lÃ  gÃ¬").as_deref(),
        Some("là gì"),
        "with its no-break space, which is a plain one here"
    );
    assert_eq!(mend_misread("Ã¡p dá»¥ng hÃ\u{a0}ng nÄƒm").as_deref(), Some("áp dụng hàng năm"));
}

#[test]
fn what_is_good_or_of_another_font_stays() {
    for good in GOOD {
        assert_eq!(mend_misread(good), None, "{good}");
        let apart: String = good.nfd().collect();
        assert_eq!(mend_misread(&apart), None, "{good}");
    }
    for other in [
        "HuyÖn §øc Hßa",
        "huyeän Ñöùc Hoøa",
        "TAÂN THAÏNH",
        "§· më 12 líp häc",
        "trường «lá»…",
        "Müller & Søn, São Paulo",
        "naïve café",
        "25 °C ± 1",
        "Ã",
        "Ä",
        "đổi √2 · 3",
        "",
    ] {
        assert_eq!(mend_misread(other), None, "{other}");
    }
}

#[test]
fn reading_discloses_what_was_mended() {
    let read = read_text("Ä‘Ã£ tá»•  chá»©c", None);
    assert_eq!(read.text, "đã tổ chức");
    assert_eq!(read.changes, [TextChange::Mended, TextChange::SpacesCollapsed]);
    assert!(read.is_mended());
    assert_eq!(read_lines("Ä‘Ã£ má»Ÿ\n12 lá»›p", None).text, "đã mở\n12 lớp");
    assert!(!read_text("đã mở", None).is_mended());
}

#[test]
fn lost_letters_are_told_and_questions_are_not() {
    for (text, words) in [
        ("t? ch?c", &["ch?c"][..]),
        ("Huy?n ??c Hòa", &["Huy?n", "??c"]),
        ("tr??ng THCS", &["tr??ng"]),
        ("Ph?n m?m qu?n lý (?ã có)", &["Ph?n", "m?m", "qu?n", "(?ã"]),
        ("nghi\u{FFFD}p", &["nghi\u{FFFD}p"]),
        ("ho?t ??ng", &["ho?t", "??ng"]),
    ] {
        assert_eq!(words_with_lost_letters(text), words, "{text}");
    }
    for text in [
        "Bao giờ xong?",
        "Xong chưa?Rồi",
        "vì sao??",
        "Tại sao? Vì thiếu.",
        "khong biet?co le",
        "https://a.vn/?id=5",
        "a.vn/x?y=1",
        "? ? ?",
        "(?)",
        "12?",
        "5?6",
        "?",
        "Có?.",
        "đồng chí nào?)",
        "",
    ] {
        assert!(words_with_lost_letters(text).is_empty(), "{text}");
    }
}

/// The look at pairs of characters only spares work: what it passes over could not have been mended.
#[test]
fn no_text_is_passed_over_that_could_be_mended() {
    let bytes_of = |c: char| Misread::ALL.map(|page| page.byte(c));
    for c in (0..=0xFFFF).filter_map(char::from_u32).filter(|c| !c.is_ascii()) {
        let is_maimed = bytes_of(c).iter().flatten().any(|byte| matches!(byte, 0xC3 | 0xC4));
        assert_eq!(is_maimed, MAIMED.contains(&c), "{c:?}");
        let is_nowhere = matches!(c, '\u{1E00}'..='\u{1EFF}');
        assert!(!is_nowhere || bytes_of(c) == [None; 3], "{c:?}");
    }
}

proptest! {
    #[test]
    fn a_text_that_is_passed_over_could_not_have_been_mended(
        text in "([ a?đàườộÃĂÄ√ƒ\u{80}-\u{ff}\u{300}\u{301}‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸơ¬«»∫Ωπ\u{FFFD}]|Ã¡|á»|Ä‘){0,8}"
    ) {
        prop_assert!(may_be_misread(&text) || mended(&text, MOST_TIMES).is_none(), "{:?}", text);
    }
}
