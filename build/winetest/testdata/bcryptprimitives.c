/* What Go programs ask of Windows and wine 8 lacks. The suite builds this as
   bcryptprimitives.dll, which every Go program loads first, and puts it into
   the wine prefix of the tests. Newer wines need none of it. */
#include <windows.h>
#include <winternl.h>
#include <string.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size); /* advapi32's RtlGenRandom */

/* ProcessPrng is what Go takes random bytes from. */
__declspec(dllexport) BOOL ProcessPrng(PBYTE buffer, SIZE_T size)
{
    return SystemFunction036(buffer, (ULONG)size);
}

typedef NTSTATUS (NTAPI *set_information)(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, ULONG);
static set_information real;

/* os.RemoveAll tries the deletion that Windows 10 brought, and does without it
   where the answer is "not supported"; wine 8 answers "not implemented". */
static NTSTATUS NTAPI answered(HANDLE file, PIO_STATUS_BLOCK status, PVOID data, ULONG size, ULONG class)
{
    return class == 64 /* FileDispositionInformationEx */ ? (NTSTATUS)0xC00000BB : real(file, status, data, size, class);
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    enum { stub = 32 }; /* bytes of wine's system call, which may stand anywhere */
    BYTE *entry = (BYTE *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtSetInformationFile");
    void *to = answered;
    DWORD before;

    if (reason != DLL_PROCESS_ATTACH || entry[0] != 0x4c || entry[3] != 0xb8)
        return TRUE; /* not the wine that this is for */
    real = VirtualAlloc(NULL, stub, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    if (!real || !VirtualProtect(entry, stub, PAGE_EXECUTE_READWRITE, &before))
        return FALSE;
    memcpy(real, entry, stub);
    memcpy(entry, "\x48\xb8", 2); /* mov rax, to */
    memcpy(entry + 2, &to, sizeof to);
    memcpy(entry + 10, "\xff\xe0", 2); /* jmp rax */
    return VirtualProtect(entry, stub, before, &before);
}
