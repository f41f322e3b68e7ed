/* A stand-in for libnvidia-ml.so.1, so that the real pynvml can be tested without a card.
 *
 * Two cards; the second can be split. What they say is set by variables:
 *   STUB_INIT       number that initialisation returns     STUB_HANG    "init" or "memory": never answers
 *   STUB_CARDS      how many cards there are                STUB_LOST    index of a card that fell off the bus
 *   STUB_MIG        1 splits the second card in three       STUB_NAME    name of the first card, any bytes
 *   STUB_MEMORY     memory of the first card ("none": not supported); STUB_FREE what is free of it
 *   STUB_THROTTLE   bits of the reasons                     STUB_SENSOR  every number that a sensor says
 *   STUB_PROCESSES  how many use the first card             STUB_PROCESS name of each, any bytes
 *   STUB_CUDA       CUDA version of the driver
 * Built with -DOLD_DRIVER it lacks the functions that older drivers lack. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OK = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, TOO_SMALL = 7, LOST = 15 };
typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct {
    char legacy[16];
    unsigned domain, bus, device, id, subsystem;
    char bus_id[32];
} pci_t;
typedef struct { unsigned pid; unsigned long long used; unsigned gpu, compute; } process_t;

static unsigned long long number(const char *name, unsigned long long otherwise) {
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 0) : otherwise;
}
static int is(const char *name, const char *value) {
    const char *text = getenv(name);
    return text && strcmp(text, value) == 0;
}
static void say(char *out, unsigned size, const char *name, const char *otherwise) {
    const char *text = getenv(name);
    strncpy(out, text ? text : otherwise, size);
}
static long card(void *handle) { return (long)(intptr_t)handle - 1; }
static int slice(void *handle) { return card(handle) >= 99; }
static void hang(void) { for (;;) pause(); }
static int sensor(unsigned *out, unsigned otherwise) {
    *out = (unsigned)number("STUB_SENSOR", otherwise); return OK;
}

int nvmlInitWithFlags(unsigned flags) {
    (void)flags;
    if (is("STUB_HANG", "init")) hang();
    return (int)number("STUB_INIT", 0);
}
int nvmlShutdown(void) { return OK; }
const char *nvmlErrorString(int code) {
    switch (code) {
    case 3: return "Not Supported";
    case 4: return "Insufficient Permissions";
    case 9: return "Driver Not Loaded";
    case 15: return "GPU is lost";
    case 18: return "Driver/library version mismatch";
    default: return "Unknown Error";
    }
}
int nvmlSystemGetDriverVersion(char *out, unsigned size) { strncpy(out, "550.54.15", size); return OK; }
int nvmlSystemGetCudaDriverVersion(int *out) { *out = (int)number("STUB_CUDA", 12040); return OK; }
int nvmlSystemGetProcessName(unsigned pid, char *out, unsigned size) {
    (void)pid; say(out, size, "STUB_PROCESS", "/usr/bin/python3 train.py --token secret"); return OK;
}
int nvmlDeviceGetCount_v2(unsigned *out) { *out = (unsigned)number("STUB_CARDS", 2); return OK; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **out) {
    if (number("STUB_LOST", 99) == index) return LOST;
    *out = (void *)(intptr_t)(index + 1); return OK;
}
int nvmlDeviceGetName(void *handle, char *out, unsigned size) {
    if (slice(handle)) strncpy(out, "NVIDIA A100-SXM4-40GB MIG 1g.5gb", size);
    else if (card(handle)) strncpy(out, "NVIDIA A100-SXM4-40GB", size);
    else say(out, size, "STUB_NAME", "NVIDIA \033[31mGeForce RTX 4090");
    return OK;
}
int nvmlDeviceGetUUID(void *handle, char *out, unsigned size) {
    strncpy(out, slice(handle) ? "MIG-cccc" : card(handle) ? "GPU-bbbb" : "GPU-aaaa", size); return OK;
}
int nvmlDeviceGetPciInfo_v3(void *handle, pci_t *out) {
    memset(out, 0, sizeof *out);
    out->bus = card(handle) ? 0x41 : 0x01; out->id = card(handle) ? 0x20b010de : 0x268410de; return OK;
}
int nvmlDeviceGetMemoryInfo(void *handle, memory_t *out) {
    unsigned long long gib = 1ull << 30;
    if (is("STUB_HANG", "memory")) hang();
    if (!card(handle) && is("STUB_MEMORY", "none")) return NOT_SUPPORTED;
    out->total = slice(handle) ? 5 * gib : card(handle) ? 40 * gib : number("STUB_MEMORY", 24 * gib);
    out->used = slice(handle) ? gib : 4 * gib;
    out->free = card(handle) ? out->total - out->used : number("STUB_FREE", out->total - out->used);
    return OK;
}
int nvmlDeviceGetCudaComputeCapability(void *handle, int *major, int *minor) {
    *major = (int)number("STUB_SENSOR", 8); *minor = card(handle) ? 0 : 9; return OK;
}
int nvmlDeviceGetMigMode(void *handle, unsigned *current, unsigned *pending) {
    if (!card(handle)) return NOT_SUPPORTED;
    *current = *pending = (unsigned)number("STUB_MIG", 0); return OK;
}
int nvmlDeviceGetMaxMigDeviceCount(void *handle, unsigned *out) { (void)handle; return sensor(out, 7); }
int nvmlDeviceGetMigDeviceHandleByIndex(void *handle, unsigned index, void **out) {
    (void)handle; if (index >= 3) return NOT_FOUND;
    *out = (void *)(intptr_t)(100 + index); return OK;
}
int nvmlDeviceGetEccMode(void *handle, unsigned *current, unsigned *pending) {
    if (!card(handle)) return NOT_SUPPORTED;
    *current = *pending = 1; return OK;
}
int nvmlDeviceGetTotalEccErrors(void *handle, unsigned kind, unsigned since, unsigned long long *out) {
    if (!card(handle)) return NOT_SUPPORTED;
    *out = kind == 1 && since == 0 ? 2 : 0; return OK;
}
int nvmlDeviceGetCurrPcieLinkGeneration(void *h, unsigned *out) { (void)h; return sensor(out, 1); }
int nvmlDeviceGetCurrPcieLinkWidth(void *h, unsigned *out) { (void)h; return sensor(out, 8); }
int nvmlDeviceGetMaxPcieLinkGeneration(void *h, unsigned *out) { (void)h; return sensor(out, 4); }
int nvmlDeviceGetMaxPcieLinkWidth(void *h, unsigned *out) { (void)h; return sensor(out, 16); }
int nvmlDeviceGetEnforcedPowerLimit(void *h, unsigned *out) { (void)h; return sensor(out, 450000); }
int nvmlDeviceGetTemperature(void *h, unsigned at, unsigned *out) { (void)h; (void)at; return sensor(out, 61); }
int nvmlDeviceGetClockInfo(void *h, unsigned kind, unsigned *out) {
    (void)h; return sensor(out, kind == 1 ? 2520 : 10501);
}
int nvmlDeviceGetMaxClockInfo(void *h, unsigned kind, unsigned *out) {
    (void)h; return sensor(out, kind == 1 ? 3105 : 10501);
}
static int reasons(unsigned long long *out) { *out = number("STUB_THROTTLE", 1); return OK; }
static int processes(void *handle, unsigned *count, process_t *out) {
    unsigned there = card(handle) ? 0 : (unsigned)number("STUB_PROCESSES", 0);
    if (!there) { *count = 0; return OK; }
    if (!out || *count < there) { *count = there; return TOO_SMALL; }
    for (unsigned index = 0; index < there; index++)
        out[index] = (process_t){4000 + index, (index + 1ull) << 30, 0, 0};
    *count = there; return OK;
}
#ifdef OLD_DRIVER
int nvmlDeviceGetCurrentClocksThrottleReasons(void *h, unsigned long long *out) { (void)h; return reasons(out); }
int nvmlDeviceGetComputeRunningProcesses_v2(void *h, unsigned *n, process_t *out) { return processes(h, n, out); }
#else
int nvmlDeviceGetCurrentClocksEventReasons(void *h, unsigned long long *out) { (void)h; return reasons(out); }
int nvmlDeviceGetComputeRunningProcesses_v3(void *h, unsigned *n, process_t *out) { return processes(h, n, out); }
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *h, unsigned *n, process_t *out) { (void)h; (void)out; *n = 0; return OK; }
#endif
