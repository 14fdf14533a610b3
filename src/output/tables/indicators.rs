//! The indicators: their results, what the units' figures say of them, what they are made of, and the years.

use super::{INDICATOR, Row, Scope, UNIT};
use crate::consolidate::{
    Assumed, Comparison, Consolidated, Contribution, IndicatorResult, Point, Present, Series, UnitResult,
};
use crate::domain::exact::rounded;
use crate::domain::{IndicatorKind, Percent, Ratio};
use table::{Cell, Column, Kind, Written};

/// A percentage as the result file gives it: rounded to its places.
fn percent(percent: Option<Percent>) -> Cell<'static> {
    Cell::exact(percent.map(rounded))
}

fn numerator(ratio: Option<Ratio>) -> Cell<'static> {
    Cell::exact(ratio.map(|ratio| ratio.numerator))
}

fn denominator(ratio: Option<Ratio>) -> Cell<'static> {
    Cell::exact(ratio.map(|ratio| ratio.denominator))
}

pub(super) fn indicators<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    let columns = defined().into_iter().chain(judged()).chain(compared()).collect();
    scope.table(
        "indicators",
        "Kết quả từng chỉ tiêu",
        &["plan", "year", "indicator"],
        &[],
        columns,
        results.indicators.iter(),
    )
}

/// A result in the table of indicators.
type Result<'a> = Row<'a, &'a IndicatorResult>;

/// What the indicator is.
fn defined<'a>() -> Vec<Column<Result<'a>>> {
    vec![
        Column::required(
            "indicator",
            Kind::Text,
            "Số của chỉ tiêu trong kế hoạch",
            |r: &Result| Cell::text(&r.of.indicator.id.0),
        ),
        Column::required("title", Kind::Text, "Tên chỉ tiêu", |r: &Result| {
            Cell::text(&r.of.indicator.title)
        }),
        Column::required("group", Kind::Text, "Nhóm chỉ tiêu", |r: &Result| {
            Cell::text(&r.of.indicator.group)
        }),
        Column::required(
            "kind",
            Kind::Text,
            "Cách tính: ratio (tử số trên mẫu số), share-of-units (số đơn vị đạt trên tổng số), province-figure (số của toàn tỉnh)",
            |r: &Result| {
                Cell::text(match r.of.indicator.kind {
                    IndicatorKind::Ratio { .. } => "ratio",
                    IndicatorKind::ShareOfUnits { .. } => "share-of-units",
                    IndicatorKind::ProvinceFigure { .. } => "province-figure",
                })
            },
        ),
        Column::required(
            "better",
            Kind::Text,
            "Càng cao càng tốt (higher) hay càng thấp càng tốt (lower)",
            |r: &Result| Cell::text(r.of.indicator.direction.code()),
        ),
    ]
}

/// What the figures say.
fn judged<'a>() -> Vec<Column<Result<'a>>> {
    fn bounds(result: &IndicatorResult) -> Option<(Percent, Percent)> {
        result.is_judged().then(|| result.bounds())
    }
    vec![
        Column::required(
            "numerator",
            Kind::Exact,
            "Tử số, cộng các đơn vị có đủ hai số",
            |r: &Result| Cell::Exact(r.of.total.numerator),
        ),
        Column::required(
            "denominator",
            Kind::Exact,
            "Mẫu số, cộng các đơn vị có đủ hai số",
            |r: &Result| Cell::Exact(r.of.total.denominator),
        ),
        Column::new("percent", Kind::Exact, "Kết quả", |r: &Result| percent(r.of.percent())).in_unit("%"),
        Column::new(
            "lower",
            Kind::Exact,
            "Kết quả thấp nhất có thể, tính cả số còn thiếu",
            |r: &Result| percent(bounds(r.of).map(|(lower, _)| lower)),
        )
        .in_unit("%"),
        Column::new(
            "upper",
            Kind::Exact,
            "Kết quả cao nhất có thể, tính cả số còn thiếu",
            |r: &Result| percent(bounds(r.of).map(|(_, upper)| upper)),
        )
        .in_unit("%"),
        Column::new("target", Kind::Exact, "Mục tiêu dùng để đánh giá", |r: &Result| {
            percent(r.of.target.map(|(_, target)| target))
        })
        .in_unit("%"),
        Column::new("target_year", Kind::Whole, "Năm của mục tiêu", |r: &Result| {
            Cell::whole(r.of.target.map(|(year, _)| year))
        }),
        Column::new(
            "target_source",
            Kind::Text,
            "Mục tiêu của kế hoạch (plan) hay của cả nước (national)",
            |r: &Result| {
                Cell::maybe_text(r.of.target.map(|(year, _)| r.of.indicator.targets.source(year).code()))
            },
        ),
        Column::required(
            "verdict",
            Kind::Text,
            "Đánh giá: met (đạt), not-met (chưa đạt), depends (còn tùy số chưa có), no-data, no-standard (chưa có tiêu chí), no-target",
            |r: &Result| Cell::text(r.of.verdict.code()),
        ),
        Column::new(
            "needed",
            Kind::Exact,
            "Tử số vừa đủ đạt mục tiêu với mẫu số hiện có",
            |r: &Result| Cell::exact(r.of.needed),
        ),
        Column::required("reported", Kind::Whole, "Số đơn vị đã cho số", |r: &Result| {
            Cell::whole(Some(r.of.coverage.reported))
        })
        .in_unit("đơn vị"),
        Column::required("expected", Kind::Whole, "Số đơn vị phải cho số", |r: &Result| {
            Cell::whole(Some(r.of.coverage.expected))
        })
        .in_unit("đơn vị"),
        Column::new(
            "flags",
            Kind::Text,
            "Điều cần biết về số liệu, cách nhau một dấu cách: estimate, provisional, kept-out, reference, break",
            |r: &Result| Cell::made(r.of.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ")),
        ),
    ]
}

/// How the result stands beside last year's and on its way.
fn compared<'a>() -> Vec<Column<Result<'a>>> {
    vec![
        Column::required(
            "comparison",
            Kind::Text,
            "So với năm trước trên cơ sở nào: whole (toàn bộ), matched (các đơn vị có số cả hai năm), hoặc vì sao không so được",
            |r: &Result| Cell::text(r.of.comparison.code()),
        ),
        Column::new("before", Kind::Exact, "Năm trước, trên cơ sở ấy", |r: &Result| {
            percent(r.of.comparison.pair().map(|(before, _)| before))
        })
        .in_unit("%"),
        Column::new("now", Kind::Exact, "Năm nay, trên cơ sở ấy", |r: &Result| {
            percent(r.of.comparison.pair().map(|(_, now)| now))
        })
        .in_unit("%"),
        Column::new("units_compared", Kind::Whole, "Số đơn vị có số cả hai năm", |r: &Result| {
            Cell::whole(match r.of.comparison {
                Comparison::Matched { units, .. } => Some(units),
                _ => None,
            })
        })
        .in_unit("đơn vị"),
        Column::new(
            "expected_percent",
            Kind::Exact,
            "Mức cần có năm nay trên đường tới mục tiêu",
            |r: &Result| percent(r.of.expected),
        )
        .in_unit("%"),
        Column::new(
            "pace",
            Kind::Text,
            "So với mức ấy: ahead, on-track, behind, open",
            |r: &Result| Cell::maybe_text(r.of.trajectory.as_ref().map(|way| way.pace.code())),
        ),
        Column::new("yearly_step", Kind::Exact, "Mỗi năm còn cần thêm", |r: &Result| {
            percent(r.of.trajectory.as_ref().and_then(|way| way.yearly_step))
        })
        .in_unit("điểm phần trăm"),
    ]
}

/// What the status of a unit's figure says.
const FIGURE: &str = "Tình trạng: reported, estimate (ước), none (không phát sinh), no-standard, partial (thiếu một phần), missing (chưa có)";

pub(super) fn by_unit<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (&'a IndicatorResult, &'a UnitResult)>;
    let columns = vec![
        Column::required("indicator", Kind::Text, "Số của chỉ tiêu", |r: &R| {
            Cell::text(&r.of.0.indicator.id.0)
        }),
        Column::required("unit", Kind::Text, "Mã đơn vị mà số liệu nói về", |r: &R| {
            Cell::text(r.of.1.unit.as_str())
        }),
        Column::new("numerator", Kind::Exact, "Tử số của đơn vị", |r: &R| numerator(r.of.1.share)),
        Column::new("denominator", Kind::Exact, "Mẫu số của đơn vị", |r: &R| {
            denominator(r.of.1.share)
        }),
        Column::new("percent", Kind::Exact, "Kết quả của đơn vị", |r: &R| {
            percent(r.of.1.share.and_then(|share| share.percent()))
        })
        .in_unit("%"),
        Column::required("status", Kind::Text, FIGURE, |r: &R| Cell::text(r.of.1.status.code())),
        Column::required(
            "verdict_depends",
            Kind::Flag,
            "Đánh giá chung còn tùy số của đơn vị này",
            |r: &R| Cell::Flag(r.of.0.depends_on.contains(&r.of.1.unit)),
        ),
        Column::new(
            "last_year_numerator",
            Kind::Exact,
            "Tử số năm trước của đơn vị",
            |r: &R| numerator(r.of.1.last_year),
        ),
        Column::new(
            "last_year_denominator",
            Kind::Exact,
            "Mẫu số năm trước của đơn vị",
            |r: &R| denominator(r.of.1.last_year),
        ),
    ];
    let rows =
        results.indicators.iter().flat_map(|result| result.by_unit.iter().map(move |unit| (result, unit)));
    scope.table(
        "indicator_units",
        "Kết quả từng chỉ tiêu của từng đơn vị",
        &["plan", "year", "indicator", "unit"],
        &[INDICATOR, UNIT],
        columns,
        rows,
    )
}

/// What is assumed for a pair, as the result file gives it.
fn assumed((result, contribution): (&IndicatorResult, &Contribution)) -> Option<Assumed> {
    contribution.assumed().filter(|_| result.is_judged())
}

pub(super) fn contributions<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (&'a IndicatorResult, &'a Contribution)>;
    let columns = vec![
        Column::required("indicator", Kind::Text, "Số của chỉ tiêu", |r: &R| {
            Cell::text(&r.of.0.indicator.id.0)
        }),
        Column::required("unit", Kind::Text, "Mã đơn vị phải cho số", |r: &R| {
            Cell::text(r.of.1.term.reporter.as_str())
        }),
        Column::required("about", Kind::Text, "Mã đơn vị mà số liệu nói về", |r: &R| {
            Cell::text(r.of.1.term.about.as_str())
        }),
        Column::required("numerator_field", Kind::Text, "Trường cho tử số", |r: &R| {
            Cell::text(r.of.1.term.fields.numerator().as_str())
        }),
        Column::new("denominator_field", Kind::Text, "Trường cho mẫu số", |r: &R| {
            Cell::maybe_text(r.of.1.term.fields.denominator().map(|field| field.as_str()))
        }),
        Column::new("numerator", Kind::Exact, "Tử số đã đọc", |r: &R| Cell::exact(r.of.1.numerator)),
        Column::new("denominator", Kind::Exact, "Mẫu số đã đọc", |r: &R| {
            Cell::exact(r.of.1.denominator)
        }),
        Column::required("status", Kind::Text, FIGURE, |r: &R| Cell::text(r.of.1.status.code())),
        Column::new(
            "assumed_denominator",
            Kind::Exact,
            "Mẫu số ước khi chưa có số, chỉ dùng cho khoảng giá trị",
            |r: &R| Cell::exact(assumed(r.of).map(|assumed| assumed.figure)),
        ),
        Column::new("assumed_highest", Kind::Exact, "Mẫu số lớn nhất coi là có thể", |r: &R| {
            Cell::exact(assumed(r.of).map(|assumed| assumed.highest))
        }),
        Column::new(
            "assumed_from",
            Kind::Text,
            "Ước từ đâu: own (số năm trước của đơn vị), predecessors (của các đơn vị hợp thành), plan (số tham chiếu)",
            |r: &R| Cell::maybe_text(assumed(r.of).map(|assumed| assumed.source.code())),
        ),
    ];
    let rows = results
        .indicators
        .iter()
        .flat_map(|result| result.contributions.iter().map(move |contribution| (result, contribution)));
    scope.table(
        "contributions",
        "Từng cặp số tạo nên chỉ tiêu; ô nguồn của mỗi số ở bảng values",
        &["plan", "year", "indicator", "unit", "about", "numerator_field"],
        &[INDICATOR, UNIT],
        columns,
        rows,
    )
}

pub(super) fn series<'a>(scope: Scope<'a>, results: &'a Consolidated) -> Box<dyn Written + 'a> {
    type R<'a> = Row<'a, (&'a Series, &'a Point, &'static str)>;
    let columns = vec![
        Column::required("indicator", Kind::Text, "Số của chỉ tiêu", |r: &R| {
            Cell::text(&r.of.0.indicator.id.0)
        }),
        Column::required("of_year", Kind::Whole, "Năm của kết quả", |r: &R| {
            Cell::Whole(r.of.1.year.into())
        }),
        Column::new("percent", Kind::Exact, "Kết quả như báo cáo lần cuối", |r: &R| {
            percent(r.of.1.percent)
        })
        .in_unit("%"),
        Column::new("numerator", Kind::Exact, "Tử số", |r: &R| numerator(r.of.1.total)),
        Column::new("denominator", Kind::Exact, "Mẫu số", |r: &R| denominator(r.of.1.total)),
        Column::new("reported", Kind::Whole, "Số đơn vị đã cho số", |r: &R| {
            Cell::whole(r.of.1.coverage.map(|coverage| coverage.reported))
        })
        .in_unit("đơn vị"),
        Column::new("expected", Kind::Whole, "Số đơn vị phải cho số", |r: &R| {
            Cell::whole(r.of.1.coverage.map(|coverage| coverage.expected))
        })
        .in_unit("đơn vị"),
        Column::new("target", Kind::Exact, "Mục tiêu dùng để đánh giá khi ấy", |r: &R| {
            percent(r.of.1.target.map(|(_, target)| target))
        })
        .in_unit("%"),
        Column::new("target_year", Kind::Whole, "Năm của mục tiêu", |r: &R| {
            Cell::whole(r.of.1.target.map(|(year, _)| year))
        }),
        Column::new("verdict", Kind::Text, "Đánh giá khi ấy", |r: &R| {
            Cell::maybe_text(r.of.1.verdict.map(|verdict| verdict.code()))
        }),
        Column::required(
            "source",
            Kind::Text,
            "Nguồn: current (năm báo cáo), record (hồ sơ đã chốt), loose (tệp rời), missing (không có)",
            |r: &R| Cell::text(r.of.2),
        ),
        Column::required(
            "present",
            Kind::Text,
            "So với địa giới và cách tính của năm báo cáo: unchanged, exact, not-comparable, unknown",
            |r: &R| Cell::text(r.of.1.present.code()),
        ),
        Column::new(
            "not_comparable",
            Kind::Text,
            "Vì sao không so được: units, territory, definition, nothing-in-common",
            |r: &R| {
                Cell::maybe_text(match r.of.1.present {
                    Present::NotComparable(why) => Some(why.code()),
                    _ => None,
                })
            },
        ),
        Column::new(
            "first_published",
            Kind::Exact,
            "Kết quả công bố lần đầu, nếu sau đó được tính lại",
            |r: &R| percent(r.of.1.first_published.as_ref().and_then(|published| published.percent)),
        )
        .in_unit("%"),
    ];
    let over_years = &results.over_years;
    let rows = over_years.series.iter().flat_map(|series| {
        let source = |point: &Point| over_years.year(point.year).map_or("missing", |year| year.source.code());
        series.points.iter().map(move |point| (series, point, source(point)))
    });
    scope.table(
        "series",
        "Chỉ tiêu qua các năm, như đã biết ở năm báo cáo",
        &["plan", "year", "indicator", "of_year"],
        &[],
        columns,
        rows,
    )
}
