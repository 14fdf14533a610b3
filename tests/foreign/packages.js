// What web pages and programs built on SheetJS and exceljs make of a form: packages.js FORM FOLDER.
"use strict";
const fs = require("fs");
const path = require("path");
const sheetjs = require("xlsx");
const exceljs = require("exceljs");

const [form, folder] = process.argv.slice(2);
const to = (...parts) => {
  const target = path.join(folder, ...parts);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  return target;
};
const TAB = "Biểu 1";

/// SheetJS: reads the form, lets `act` change it, writes it under a name whose ending says the type.
function bySheetJs(name, act, bookType) {
  const book = sheetjs.readFile(form, { cellDates: false });
  delete book.Props.ModifiedDate;
  act(book);
  const ending = path.extname(name).slice(1);
  sheetjs.writeFile(book, to(name), { bookType: bookType || { xls: "biff8" }[ending] || ending, compression: true });
}

/// exceljs: the same.
async function byExcelJs(name, act, from = form) {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(from);
  book.modified = new Date("2024-12-06T02:00:00Z");
  act(book);
  await book.xlsx.writeFile(to(name));
}

function rename(book, tab) {
  book.Sheets[tab] = book.Sheets[TAB];
  delete book.Sheets[TAB];
  book.SheetNames[book.SheetNames.indexOf(TAB)] = tab;
}

function drop(book, tab) {
  const at = book.SheetNames.indexOf(tab);
  delete book.Sheets[tab];
  book.SheetNames.splice(at, 1);
  if (book.Workbook && book.Workbook.Sheets) book.Workbook.Sheets.splice(at, 1);
}

async function main() {
  // SheetJS drops the names of cells in .xls and .ods, and the look of a date everywhere.
  bySheetJs("sheets-renamed/sheetjs.xlsx", (book) => rename(book, "Sheet1"));
  bySheetJs("sheets-renamed/sheetjs.xls", (book) => rename(book, "Sheet1"));
  bySheetJs("identity-lost/sheetjs-sheet.ods", (book) => {
    drop(book, "_xhht");
    delete book.Custprops;
  });
  bySheetJs("decomposed/sheetjs.ods", (book) => {
    const sheet = book.Sheets[TAB];
    for (const cell of ["H8", "E13", "E20"]) sheet[cell] = { t: "s", v: sheet[cell].v.normalize("NFD") };
  });
  bySheetJs("text-in-numbers/sheetjs.ods", (book) => {
    const sheet = book.Sheets[TAB];
    sheet.E8 = { t: "s", v: "28 500 người" };
    sheet.F8 = { t: "s", v: "14.250" };
    sheet.G8 = { t: "s", v: "50,00%" };
    sheet.E19 = { t: "s", v: "1.234,5 triệu đồng" };
  });
  // Types that are no workbook to this program, whatever their names end in.
  for (const [name, type] of [["web.xls", "html"], ["binary.xlsx", "xlsb"], ["biff5.xls", "biff5"], ["text.xls", "txt"], ["sylk.xls", "sylk"]]) {
    bySheetJs(`kinds/sheetjs-${name}`, () => {}, type);
  }

  await byExcelJs("rows-inserted/exceljs.xlsx", (book) => {
    book.getWorksheet(TAB).insertRow(8, [null, null, "(thêm dòng)"]);
  });
  await byExcelJs("sheets-renamed/exceljs.xlsx", (book) => {
    book.getWorksheet(TAB).name = "Biểu mới";
  });
  await byExcelJs("identity-lost/exceljs-sheet.xlsx", (book) => book.removeWorksheet("_xhht"));
  await byExcelJs("never-calculated/exceljs.xlsx", (book) => {
    const sheet = book.getWorksheet(TAB);
    sheet.getCell("E8").value = { formula: "28000+500" };
    sheet.getCell("F8").value = { formula: "E8/2" };
  });
  await byExcelJs("merged-cells/exceljs.xlsx", (book) => {
    const sheet = book.getWorksheet(TAB);
    for (const cell of ["F8", "G8", "E19", "E20"]) sheet.getCell(cell).value = null;
    sheet.mergeCells("E8:G8");
    for (const row of [18, 19, 20]) sheet.unMergeCells(`E${row}:H${row}`);
    sheet.mergeCells("E18:H20");
  });
  await byExcelJs("error-cells/exceljs.xlsx", (book) => {
    const sheet = book.getWorksheet(TAB);
    sheet.getCell("E8").value = { formula: 'VLOOKUP("Tân Hưng",A1:B3,2,0)', result: { error: "#N/A" } };
    sheet.getCell("F8").value = { formula: "F9/0", result: { error: "#DIV/0!" } };
    sheet.getCell("E13").value = { formula: "TRA_CUU(1)", result: { error: "#NAME?" } };
    sheet.getCell("E19").value = { formula: "E19+1", result: 0 };
    sheet.getCell("E20").value = { formula: "#REF!+1", result: { error: "#REF!" } };
  });
  await byExcelJs("external-links/exceljs.xlsx", (book) => {
    const sheet = book.getWorksheet(TAB);
    sheet.getCell("E8").value = { formula: "'C:\\So lieu\\[Tổng hợp xã.xlsx]Tổng'!$B$9", result: 28500 };
    sheet.getCell("F8").value = { formula: "'C:\\So lieu\\[Tổng hợp xã.xlsx]Tổng'!$C$9*1", result: 14250 };
  });

  // Versions: exceljs writes the moment it is told, SheetJS none.
  const saved = (name, day, act, from) =>
    byExcelJs(name, (book) => {
      book.modified = new Date(day);
      act(book.getWorksheet(TAB));
    }, from);
  await saved("versions/exceljs-second.xlsx", "2024-12-07T02:00:00Z", () => {});
  await saved("versions/exceljs-first.xlsx", "2024-12-02T02:00:00Z", (sheet) => {
    sheet.getCell("E8").value = 28000;
    sheet.getCell("F8").value = null;
    sheet.getCell("E20").value = "Chưa thống kê xong.";
  });
  bySheetJs("versions/sheetjs-a.xlsx", (book) => {
    book.Sheets[TAB].E8 = { t: "n", v: 28000 };
  });
  bySheetJs("versions/sheetjs-b.xlsx", () => {});
}

main();
