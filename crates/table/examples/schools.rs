//! Writes a package of one small table: `cargo run -p table --example schools -- DIR`.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use table::{Cell, Column, Filled, Form, Kind, Package, Table, Written};

struct School {
    name: &'static str,
    pupils: Option<i64>,
    literate: Option<Decimal>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("where to?")?);
    let table = Table {
        name: "schools",
        title: "Trường học (ví dụ)",
        key: &["name"],
        references: &[],
        columns: vec![
            Column::required("name", Kind::Text, "Tên trường", |school: &School| Cell::text(school.name)),
            Column::new("pupils", Kind::Whole, "Số học sinh", |school: &School| {
                Cell::whole(school.pupils)
            })
            .in_unit("học sinh"),
            Column::new("literate", Kind::Exact, "Tỷ lệ biết chữ", |school: &School| {
                Cell::exact(school.literate)
            })
            .in_unit("%"),
        ],
    };
    let records = vec![
        School { name: "Lê Lợi", pupils: Some(412), literate: Some(Decimal::new(9_785, 2)) },
        School { name: "Kim Đồng", pupils: None, literate: None },
    ];
    let schools = Filled { table, records };
    fs::create_dir_all(&folder)?;
    let mut resources = Vec::new();
    for form in Form::ALL {
        let mut bytes = Vec::new();
        schools.write(form, &mut bytes)?;
        fs::write(folder.join(schools.file_name(form)), &bytes)?;
        let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        resources.push(schools.resource(form, bytes.len() as u64, &sha256));
    }
    let package = Package {
        name: "schools".to_owned(),
        title: "Ví dụ".to_owned(),
        description: "Số liệu ví dụ, không có thật.".to_owned(),
        version: "1.0.0",
        resources,
    };
    fs::write(folder.join("datapackage.json"), package.json())?;
    Ok(())
}
