//! Words and formulas that turn round with the direction of an indicator.

use super::model::{Formula, Operator};
use super::scene::Scene;
use crate::consolidate::IndicatorResult;
use crate::domain::Direction;

/// Stands before a target that is not to be exceeded: “không quá 3%”.
pub fn limit(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "",
        Direction::Lower => "không quá ",
    }
}

/// The same where every letter counts: “≤3%”.
pub(super) fn limit_sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "",
        Direction::Lower => "≤",
    }
}

/// Which results are the better ones.
pub fn better(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "càng cao càng tốt",
        Direction::Lower => "càng thấp càng tốt",
    }
}

/// The best first.
pub(super) fn in_order(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "từ cao xuống thấp",
        Direction::Lower => "từ thấp lên cao",
    }
}

/// What is still to be done until a target is reached, before the number: “còn thiếu 8”.
pub(super) fn still(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "còn thiếu",
        Direction::Lower => "còn phải giảm",
    }
}

/// Which way results are to go.
pub(super) fn upwards(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "tăng",
        Direction::Lower => "giảm",
    }
}

/// Whether a unit holds the status that is counted. It has not earned one that it had better not hold.
pub(super) fn status(direction: Direction, holds: bool) -> &'static str {
    match (direction, holds) {
        (Direction::Higher, true) => "Đạt",
        (Direction::Higher, false) => "Chưa đạt",
        (Direction::Lower, true) => "Có",
        (Direction::Lower, false) => "Không",
    }
}

/// How a result that reaches its target stands to it.
pub(super) fn reaches(direction: Direction) -> Operator {
    match direction {
        Direction::Higher => Operator::AtLeast,
        Direction::Lower => Operator::AtMost,
    }
}

/// How one that misses it does.
pub(super) fn misses(direction: Direction) -> Operator {
    match direction {
        Direction::Higher => Operator::Below,
        Direction::Lower => Operator::Above,
    }
}

/// How much better the second is.
pub(super) fn gain(direction: Direction, before: Formula, now: Formula) -> Formula {
    let [less, more] = match direction {
        Direction::Higher => [before, now],
        Direction::Lower => [now, before],
    };
    Formula::binary(more, Operator::Subtract, less)
}

/// The next whole number that reaches what a formula gives.
pub(super) fn whole(direction: Direction, what: Formula) -> Formula {
    match direction {
        Direction::Higher => Formula::Ceil(Box::new(what)),
        Direction::Lower => Formula::Floor(Box::new(what)),
    }
}

/// The numbers of the indicators that are better when lower.
pub(super) fn lower_ones(scene: &Scene<'_>) -> Vec<String> {
    let is_lower = |result: &&IndicatorResult| result.indicator.direction == Direction::Lower;
    scene.results.indicators.iter().filter(is_lower).map(|result| result.indicator.id.to_string()).collect()
}
