/* A stand-in for libnvidia-ml.so.1 with two cards, so that the real pynvml can be tested without
 * one. STUB_INIT is the number that initialisation returns; STUB_MIG=1 splits the second card. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { unsigned long long total, free, used; } memory_t;
static int number(const char *name) { const char *text = getenv(name); return text ? atoi(text) : 0; }
static long card(void *handle) { return (long)(intptr_t)handle - 1; }

int nvmlInitWithFlags(unsigned flags) { (void)flags; return number("STUB_INIT"); }
int nvmlShutdown(void) { return 0; }
const char *nvmlErrorString(int code) {
    switch (code) {
    case 4: return "Insufficient Permissions";
    case 9: return "Driver Not Loaded";
    case 18: return "Driver/library version mismatch";
    default: return "Unknown Error";
    }
}
int nvmlSystemGetDriverVersion(char *out, unsigned size) { strncpy(out, "550.54.15", size); return 0; }
int nvmlSystemGetCudaDriverVersion(int *out) { *out = 12040; return 0; }
int nvmlDeviceGetCount_v2(unsigned *out) { *out = 2; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **out) {
    *out = (void *)(intptr_t)(index + 1); return 0;
}
int nvmlDeviceGetName(void *handle, char *out, unsigned size) {
    strncpy(out, card(handle) ? "NVIDIA A100-SXM4-40GB" : "NVIDIA \033[31mGeForce RTX 4090", size);
    return 0;
}
int nvmlDeviceGetUUID(void *handle, char *out, unsigned size) {
    strncpy(out, card(handle) ? "GPU-bbbb" : "GPU-aaaa", size); return 0;
}
int nvmlDeviceGetMemoryInfo(void *handle, memory_t *out) {
    unsigned long long gib = 1ull << 30;
    out->total = (card(handle) ? 40 : 24) * gib; out->used = 4 * gib; out->free = out->total - out->used;
    return 0;
}
int nvmlDeviceGetCudaComputeCapability(void *handle, int *major, int *minor) {
    *major = 8; *minor = card(handle) ? 0 : 9; return 0;
}
int nvmlDeviceGetMigMode(void *handle, unsigned *current, unsigned *pending) {
    if (!card(handle)) return 3; /* not supported */
    *current = *pending = number("STUB_MIG"); return 0;
}
int nvmlDeviceGetMaxMigDeviceCount(void *handle, unsigned *out) { (void)handle; *out = 7; return 0; }
int nvmlDeviceGetMigDeviceHandleByIndex(void *handle, unsigned index, void **out) {
    (void)handle; if (index >= 3) return 6; /* not found */
    *out = (void *)(intptr_t)(100 + index); return 0;
}
