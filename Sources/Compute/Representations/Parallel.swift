import Dispatch

/// Loops whose rounds do not depend on each other, spread over threads.
enum Parallel {
    /// Calls `body` with ranges that together are `0..<count`, each index once. A round writes nothing but its own places,
    /// so that results do not depend on where the ranges are cut.
    static func ranges(_ count: Int, threads: Int, _ body: (Range<Int>) -> Void) {
        guard threads > 1, count > 1 else {
            body(0..<count)
            return
        }
        // More pieces than threads: some rounds take longer than others.
        let pieces = min(count, threads * 4)
        // Rounds share no memory that they write, and this call outlives them all: what the compiler cannot see.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            body(count * piece / pieces..<count * (piece + 1) / pieces)
        }
    }
}
