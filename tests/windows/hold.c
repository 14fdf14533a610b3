/* Another program that has files open: hold.exe MODE FILE... opens them for reading, lets others do what MODE says (0 nothing,
 * 1 read, as Excel does), says so, and holds them until its standard input ends. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int wmain(int count, wchar_t **arguments)
{
    if (count < 3) return 2;
    DWORD mode = wcstoul(arguments[1], NULL, 10);
    for (int i = 2; i < count; i++)
        if (CreateFileW(arguments[i], GENERIC_READ, mode, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE) return 1;
    puts("held");
    fflush(stdout);
    while (getchar() != EOF) {}
    return 0;
}
