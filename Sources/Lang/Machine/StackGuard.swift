// How much of the thread's own stack is left. Calls among tx functions do not use it, but natives that call back
// (`map`, `sort`) recurse in Swift, and a script may do that ten thousand deep.

import Glibc

struct StackGuard {
    /// The lowest address that a call back may start from.
    private let limit: UInt

    /// Counts from the caller's position, which is near the beginning of its thread's stack: a quarter of the usual
    /// size is left to what lies above, and to natives (image codecs, linear algebra) between two looks.
    init() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        var size = 0
        pthread_attr_getstacksize(&attributes, &size)
        pthread_attr_destroy(&attributes)
        // 8 MiB is the default of Linux; a larger limit is not trusted, because threads may have been made with it.
        let usable = UInt(min(max(size, 0), 8 << 20)) / 4 * 3
        limit = StackGuard.position - usable
    }

    var hasRoom: Bool { StackGuard.position > limit }

    private static var position: UInt {
        var here: UInt8 = 0
        return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
    }
}
