' Saves workbooks in other formats, until somebody lays a file "stop" into the folder of jobs, the folder is gone, or
' nothing was asked for a quarter of an hour: whoever started it may have been killed.
' A job is a file N.job: the name of a filter, then for each workbook a line where it is and a line where the copy goes.
' It ends as N.done, or as N.failed, which says why.
Sub Serve(folder)
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  idle = 0
  Do While idle < 18000 And files.exists(ConvertToUrl(folder)) And Not files.exists(ConvertToUrl(folder & "/stop"))
    job = Dir(folder & "/*.job")
    If job = "" Then
      idle = idle + 1
      Wait 50
    Else
      idle = 0
      Work(files, folder & "/" & Left(job, Len(job) - 4))
    End If
  Loop
  StarDesktop.terminate()
End Sub

Sub Work(files, job)
  On Error Goto Mistaken
  source = ""
  lines = CreateUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(ConvertToUrl(job & ".job")))
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = lines.readLine()
  Do While Not lines.isEOF()
    source = lines.readLine()
    If source <> "" Then
      book = StarDesktop.loadComponentFromURL(ConvertToUrl(source), "_blank", 0, hidden())
      book.storeToURL(ConvertToUrl(lines.readLine()), filter())
      book.close(True)
    End If
  Loop
  lines.closeInput()
  files.move(ConvertToUrl(job & ".job"), ConvertToUrl(job & ".done"))
  Exit Sub
Mistaken:
  number = FreeFile
  Open job & ".why" For Output As #number
  Print #number, source & " (line " & Erl & "): " & Error$
  Close #number
  files.kill(ConvertToUrl(job & ".job"))
  files.move(ConvertToUrl(job & ".why"), ConvertToUrl(job & ".failed"))
End Sub
