/* Random bytes for programs written in Rust, from where Wine has them. */

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG count);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    const SIZE_T most = 1u << 20;

    while (count) {
        const SIZE_T part = count < most ? count : most;
        if (!SystemFunction036(bytes, (ULONG)part))
            return FALSE;
        bytes += part;
        count -= part;
    }
    return TRUE;
}
