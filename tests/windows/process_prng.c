/* bcryptprimitives.dll for a Wine that has none: random bytes for Rust's standard library, from where older programs have
 * them. Windows has its own since Windows 8. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) { return SystemFunction036(bytes, (ULONG)length); }
