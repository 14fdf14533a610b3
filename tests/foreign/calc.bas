' What people do to a form in LibreOffice Calc, one Sub a kind of mishap. `make` runs them, each in a fresh office:
' the form it opens, a second one where two are needed, and the folder to save to.

' Does one of them. A mistake ends the office: its dialogue would wait for somebody for ever.
Sub Act(what, source, other, folder, log)
  On Error Goto Mistaken
  Select Case what
    Case "Kinds" : Kinds(source, other, folder)
    Case "RowsInserted" : RowsInserted(source, other, folder)
    Case "ColumnInserted" : ColumnInserted(source, other, folder)
    Case "RowDeleted" : RowDeleted(source, other, folder)
    Case "CutAndPasted" : CutAndPasted(source, other, folder)
    Case "RowCopied" : RowCopied(source, other, folder)
    Case "Sorted" : Sorted(source, other, folder)
    Case "SheetRenamed" : SheetRenamed(source, other, folder)
    Case "WithoutIdentity" : WithoutIdentity(source, other, folder)
    Case "Pasted" : Pasted(source, other, folder)
    Case "Reckoned" : Reckoned(source, other, folder)
    Case "Unlimited" : Unlimited(source, other, folder)
    Case "Linked" : Linked(source, other, folder)
    Case "Errors" : Errors(source, other, folder)
    Case "Merged" : Merged(source, other, folder)
    Case "Texts" : Texts(source, other, folder)
    Case "FarBelow" : FarBelow(source, other, folder)
    Case "OldFonts" : OldFonts(source, other, folder)
    Case "Days" : Days(source, other, folder)
    Case "Apart" : Apart(source, other, folder)
    Case "Harmless" : Harmless(source, other, folder)
    Case "SheetCopied" : SheetCopied(source, other, folder)
  End Select
  Exit Sub
Mistaken:
  Tell(log, what & ", line " & Erl & ": " & Error$)
End Sub

Sub Tell(log, words)
  at = FreeFile
  Open log For Output As #at
  Print #at, words
  Close #at
  StarDesktop.terminate()
End Sub

' A workbook, opened as the menu would but without a window.
Function Opened(path)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(ConvertToUrl(path), "_blank", 0, hidden())
End Function

' A new workbook.
Function Fresh()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Fresh = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden())
End Function

' The sheet to fill, its protection taken off: it has no password.
Function Form(doc)
  sheet = doc.Sheets.getByIndex(0)
  sheet.unprotect("")
  Form = sheet
End Function

Sub Put(sheet, cell, text)
  sheet.getCellRangeByName(cell).String = text
End Sub

Sub Number(sheet, cell, figure)
  sheet.getCellRangeByName(cell).Value = figure
End Sub

Sub Formula(sheet, cell, text)
  sheet.getCellRangeByName(cell).Formula = text
End Sub

Function Filter(ending)
  Select Case ending
    Case "xlsx" : Filter = "Calc MS Excel 2007 XML"
    Case "xlsm" : Filter = "Calc MS Excel 2007 VBA XML"
    Case "xls" : Filter = "MS Excel 97"
    Case "ods" : Filter = "calc8"
    Case "ots" : Filter = "calc8_template"
    Case "csv" : Filter = "Text - txt - csv (StarCalc)"
  End Select
End Function

' Saves under a name with each of the endings, as “Save As” with that type.
Sub SaveAs(doc, path, endings)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  For Each ending In Split(endings, " ")
    how(0).Value = Filter(ending)
    doc.storeToURL(ConvertToUrl(path & "." & ending), how())
  Next
End Sub

Sub SaveWithPassword(doc, path, ending)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = Filter(ending)
  how(1).Name = "Password"
  how(1).Value = "bimat"
  doc.storeToURL(ConvertToUrl(path & "." & ending), how())
End Sub

' Copies cells into another workbook, as with Ctrl+C and Ctrl+V.
Sub CopyOver(from, range, target, cell)
  from.CurrentController.select(from.Sheets.getByIndex(0).getCellRangeByName(range))
  held = from.CurrentController.getTransferable()
  target.CurrentController.select(target.Sheets.getByIndex(0).getCellRangeByName(cell))
  target.CurrentController.insertTransferable(held)
End Sub

Sub FillIn(sheet, total, reached)
  Number(sheet, "E8", total)
  Number(sheet, "F8", reached)
  Number(sheet, "G8", 100 * reached / total)
  Put(sheet, "H8", "Số liệu")
  Put(sheet, "E13", "Đạt")
  Formula(sheet, "E18", "2024-12-05")
  Number(sheet, "E19", 1234.5)
  Put(sheet, "E20", "Thiếu máy tính ở hai xã.")
End Sub

' A form filled as it should be.
Sub Filled(blank, total, reached, path)
  doc = Opened(blank)
  FillIn(doc.Sheets.getByIndex(0), CDbl(total), CDbl(reached))
  SaveAs(doc, path, "xlsx")
  doc.close(True)
End Sub

' Types it reads, and types it refuses.
Sub Kinds(source, other, folder)
  doc = Opened(source)
  SaveAs(doc, folder & "/form", "xlsx xls ods xlsm ots csv")
  SaveWithPassword(doc, folder & "/locked", "ods")
  SaveWithPassword(doc, folder & "/locked", "xls")
  doc.close(True)
End Sub

Sub RowsInserted(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.Rows.insertByIndex(18, 1)
  sheet.Rows.insertByIndex(7, 2)
  Put(sheet, "C8", "(số liệu do phòng LĐ-TB&XH cung cấp)")
  SaveAs(doc, folder & "/libreoffice", "xlsx")
  doc.close(True)
End Sub

Sub ColumnInserted(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.Columns.insertByIndex(5, 1)
  sheet.Columns.insertByIndex(0, 1)
  SaveAs(doc, folder & "/libreoffice-column", "ods")
  doc.close(True)
End Sub

Sub RowDeleted(source, other, folder)
  doc = Opened(source)
  Form(doc).Rows.removeByIndex(17, 1)
  SaveAs(doc, folder & "/libreoffice-deleted", "xlsx")
  doc.close(True)
End Sub

' Rows put in the other order of their labels: contents move, the names of cells stay.
Sub Sorted(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 2
  field(0).IsAscending = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields"
  how(0).Value = field()
  how(1).Name = "ContainsHeader"
  how(1).Value = False
  sheet.getCellRangeByName("E18:H20").merge(False)
  sheet.getCellRangeByName("A18:H20").sort(how())
  SaveAs(doc, folder & "/libreoffice-sorted", "xlsx")
  doc.close(True)
End Sub

' Typed into the wrong cell, cut and pasted into the right one: the name of the wrong cell goes along.
Sub CutAndPasted(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.getCellRangeByName("E8:F8").clearContents(1)
  Number(sheet, "F8", 28500)
  sheet.moveRange(sheet.getCellRangeByName("E8").CellAddress, sheet.getCellRangeByName("F8").RangeAddress)
  Number(sheet, "F8", 14250)
  SaveAs(doc, folder & "/libreoffice-cut", "xlsx")
  doc.close(True)
End Sub

' A row copied over the one below, its code with it: the names of the cells still say which is which.
Sub RowCopied(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.copyRange(sheet.getCellRangeByName("A20").CellAddress, sheet.getCellRangeByName("A19:D19").RangeAddress)
  SaveAs(doc, folder & "/libreoffice-copied-over", "xlsx")
  doc.close(True)
End Sub

Sub SheetRenamed(source, other, folder)
  doc = Opened(source)
  Form(doc).Name = "Tân Hưng (sửa)"
  SaveAs(doc, folder & "/libreoffice", "ods")
  doc.close(True)
End Sub

Sub WithoutIdentity(source, other, folder)
  doc = Opened(source)
  doc.Sheets.removeByName("_xhht")
  SaveAs(doc, folder & "/libreoffice-sheet", "ods")
  WithoutNames(doc)
  SaveAs(doc, folder & "/libreoffice-both", "xls")
  doc.close(True)
  doc = Opened(source)
  WithoutNames(doc)
  SaveAs(doc, folder & "/libreoffice-names", "xlsx")
  Form(doc).Rows.insertByIndex(7, 1)
  SaveAs(doc, folder & "/libreoffice-names-and-row", "xlsx")
  doc.close(True)
End Sub

Sub WithoutNames(doc)
  For Each name In doc.NamedRanges.ElementNames
    If Left(name, 5) = "xhht_" Then doc.NamedRanges.removeByName(name)
  Next
End Sub

Sub Pasted(source, other, folder)
  from = Opened(source)
  doc = Fresh()
  CopyOver(from, "A1:J20", doc, "A1")
  SaveAs(doc, folder & "/libreoffice", "xls")
  doc.close(True)
  doc = Fresh()
  CopyOver(from, "A5:J20", doc, "C9")
  doc.Sheets.getByIndex(0).Name = "Trang tính1"
  sheet = doc.Sheets.getByIndex(0)
  Put(sheet, "A1", "UBND HUYỆN TÂN HƯNG")
  Put(sheet, "A2", "Số liệu xã hội học tập năm 2024")
  SaveAs(doc, folder & "/libreoffice-elsewhere", "xlsx")
  Put(sheet, "A1", "Bảng số liệu")
  SaveAs(doc, folder & "/libreoffice-nobodys", "xlsx")
  doc.close(True)
  doc = Fresh()
  CopyOver(from, "C5:H20", doc, "A1")
  SaveAs(doc, folder & "/libreoffice-without-codes", "xlsx")
  doc.close(True)
  doc = Fresh()
  CopyOver(from, "A1:J9", doc, "A1")
  SaveAs(doc, folder & "/libreoffice-first-table", "xlsx")
  doc.close(True)
  from.close(True)
End Sub

' Formulas of the form typed over with what they showed, and figures reckoned in their cells.
Sub Reckoned(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Put(sheet, "A4", "đã kiểm tra")
  checks = doc.Sheets.getByName("Kiểm tra")
  checks.unprotect("")
  checks.getCellRangeByName("A5:F12").clearContents(1 + 4 + 16)
  Formula(sheet, "E8", "=SUM(28000;500)")
  Formula(sheet, "F8", "=ROUND(E8/2;0)")
  Formula(sheet, "E18", "=DATE(2024;12;5)")
  Formula(sheet, "E13", "=IF(F8>=E8/2;""Đạt"";""Chưa đạt"")")
  SaveAs(doc, folder & "/libreoffice", "xlsx")
  doc.close(True)
End Sub

' Drop-downs and limits cleared, then typed freely.
Sub Unlimited(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.getCellRangeByName("A1:J20").clearContents(32768)
  cells = sheet.getCellRangeByName("A1:J20")
  rule = cells.Validation
  rule.Type = com.sun.star.sheet.ValidationType.ANY
  cells.Validation = rule
  Number(sheet, "F8", 14250.5)
  Put(sheet, "H8", "SL chính thức")
  Put(sheet, "E13", "dat")
  Number(sheet, "E19", -5)
  SaveAs(doc, folder & "/libreoffice", "xlsx")
  doc.close(True)
End Sub

Sub Linked(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Formula(sheet, "E8", "='" & ConvertToUrl(other) & "'#$'Biểu 1'.E8")
  Formula(sheet, "F8", "='" & ConvertToUrl(other) & "'#$'Biểu 1'.F8*1")
  SaveAs(doc, folder & "/libreoffice", "xlsx xls ods")
  doc.close(True)
End Sub

Sub Errors(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Formula(sheet, "E8", "=VLOOKUP(""Tân Hưng"";A1:B3;2;0)")
  Formula(sheet, "F8", "=F9/0")
  Formula(sheet, "E13", "=TRA_CUU(1)")
  Formula(sheet, "E19", "=E19+1")
  Formula(sheet, "E20", "=#REF!+1")
  SaveAs(doc, folder & "/libreoffice", "xlsx ods")
  doc.close(True)
End Sub

Sub Merged(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  ' The title over the whole width: what people like to do, and what endangers nothing.
  sheet.getCellRangeByName("A1:H1").merge(True)
  sheet.getCellRangeByName("A2:H2").merge(True)
  sheet.getCellRangeByName("B8:C8").merge(True)
  SaveAs(doc, folder & "/libreoffice-titles", "ods")
  sheet.getCellRangeByName("F8:G8").clearContents(1 + 4)
  sheet.getCellRangeByName("E8:G8").merge(True)
  sheet.getCellRangeByName("E19:E20").clearContents(1 + 4)
  sheet.getCellRangeByName("E18:H20").merge(False)
  sheet.getCellRangeByName("E18:H20").merge(True)
  SaveAs(doc, folder & "/libreoffice", "xlsx xls ods")
  doc.close(True)
End Sub

' Cells formatted as text, then typed into.
Sub Texts(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.getCellRangeByName("E8:G8").NumberFormat = 100
  Put(sheet, "E8", "28 500 người")
  Put(sheet, "F8", "14.250")
  Put(sheet, "G8", "50,00%")
  Put(sheet, "E19", "1.234,5 triệu đồng")
  SaveAs(doc, folder & "/libreoffice", "xlsx")
  Put(sheet, "E8", "28.5OO")
  Put(sheet, "F8", "khoảng 14250")
  Put(sheet, "E19", "1.234")
  SaveAs(doc, folder & "/libreoffice-doubtful", "ods")
  doc.close(True)
End Sub

Sub FarBelow(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Number(sheet, "F60", 125)
  Number(sheet, "Z8", 7)
  Put(sheet, "C40", "người lập biểu")
  SaveAs(doc, folder & "/libreoffice-near", "xls")
  Number(sheet, "F60000", 9)
  Put(sheet, "AMJ65000", " ")
  sheet.getCellRangeByName("A21:J300").CellBackColor = RGB(255, 255, 200)
  sheet.Rows.getByIndex(65535).Height = 900
  SaveAs(doc, folder & "/libreoffice", "xlsx ods")
  doc.close(True)
End Sub

' Words typed with the fonts of the nineties.
Sub OldFonts(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Put(sheet, "H8", "Sè liÖu")
  Put(sheet, "E13", "§¹t")
  Put(sheet, "E20", "ThiÕu gi¸o viªn ë c¸c x· biªn giíi, c" & Chr(172) & " së vËt chÊt ch" & Chr(173) & "a ®ång bé.")
  For Each cell In Split("H8 E13 E20", " ")
    sheet.getCellRangeByName(cell).CharFontName = ".VnTime"
  Next
  SaveAs(doc, folder & "/libreoffice-tcvn3", "ods")
  Put(sheet, "H8", "Soá lieäu")
  Put(sheet, "E13", "Ñaït")
  Put(sheet, "E20", "Thieáu giaùo vieân ôû caùc xaõ bieân giôùi, cô sôû vaät chaát chöa ñoàng boä.")
  For Each cell In Split("H8 E13 E20", " ")
    sheet.getCellRangeByName(cell).CharFontName = "VNI-Times"
  Next
  SaveAs(doc, folder & "/libreoffice-vni", "xlsx")
  doc.close(True)
End Sub

Sub Days(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.getCellRangeByName("E18").NumberFormat = 100
  Put(sheet, "E18", "05/12/2024")
  SaveAs(doc, folder & "/libreoffice-text", "ods")
  Put(sheet, "E18", "ngày 05 tháng 12 năm 2024")
  SaveAs(doc, folder & "/libreoffice-words", "ods")
  Put(sheet, "E18", "5-12-24")
  SaveAs(doc, folder & "/libreoffice-short", "ods")
  sheet.getCellRangeByName("E18").NumberFormat = 0
  Number(sheet, "E18", 45631)
  SaveAs(doc, folder & "/libreoffice-serial", "xlsx")
  doc.close(True)
  doc = Opened(source)
  sheet = Form(doc)
  doc.NullDate = com.sun.star.util.Date
  Dim epoch As New com.sun.star.util.Date
  epoch.Year = 1904
  epoch.Month = 1
  epoch.Day = 1
  doc.NullDate = epoch
  Formula(sheet, "E18", "2024-12-05")
  SaveAs(doc, folder & "/libreoffice-1904", "xls")
  doc.close(True)
  ' A share typed as 1/12 becomes the twelfth of January.
  doc = Opened(source)
  sheet = Form(doc)
  sheet.getCellRangeByName("F8").NumberFormat = 0
  sheet.getCellRangeByName("F8").FormulaLocal = "1/12"
  SaveAs(doc, folder & "/libreoffice-share", "xlsx")
  doc.close(True)
End Sub

' Letters and marks apart, as phones and a Mac write them.
Sub Apart(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  Put(sheet, "H8", "So" & Chr(&H302) & Chr(&H301) & " lie" & Chr(&H323) & Chr(&H302) & "u")
  Put(sheet, "E13", Chr(&HD0) & "a" & Chr(&H323) & "t")
  Put(sheet, "E20", Chr(&H200B) & "Thie" & Chr(&H302) & Chr(&H301) & "u ma" & Chr(&H301) & "y ti" & Chr(&H301) & "nh.")
  Put(sheet, "E8", "28" & Chr(&HA0) & "500")
  sheet.Name = "Bie" & Chr(&H302) & Chr(&H309) & "u 1"
  SaveAs(doc, folder & "/libreoffice", "xlsx ods")
  doc.close(True)
End Sub

' What people may well do: nothing of it touches a figure.
Sub Harmless(source, other, folder)
  doc = Opened(source)
  sheet = Form(doc)
  sheet.Rows.getByIndex(2).IsVisible = False
  sheet.Columns.getByIndex(0).IsVisible = False
  sheet.Columns.getByIndex(8).IsVisible = False
  sheet.Annotations.insertNew(sheet.getCellRangeByName("E8").CellAddress, "Số của Chi cục Thống kê")
  sheet.getCellRangeByName("E8:F8").CellBackColor = RGB(255, 0, 0)
  sheet.getCellRangeByName("A1").CharFontName = ".VnTime"
  sheet.getCellRangeByName("A1:H20").Columns.OptimalWidth = True
  Put(sheet, "C22", "Người lập biểu")
  Put(sheet, "F22", "CHỦ TỊCH")
  doc.Sheets.insertNewByName("Tính nháp", 0)
  Number(doc.Sheets.getByName("Tính nháp"), "A1", 999)
  doc.Sheets.moveByName("Kiểm tra", 0)
  SaveAs(doc, folder & "/libreoffice", "xlsx ods")
  doc.close(True)
End Sub

' The sheet copied within the workbook, and the copy changed: the form is still the first one.
Sub SheetCopied(source, other, folder)
  doc = Opened(source)
  doc.Sheets.copyByName("Biểu 1", "Biểu 1 (2)", 0)
  sheet = Form(doc)
  Number(sheet, "E8", 11111)
  Number(sheet, "F8", 1)
  SaveAs(doc, folder & "/libreoffice-copied", "xlsx")
  doc.close(True)
End Sub
