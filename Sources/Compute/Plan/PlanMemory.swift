/// Places buffers in one arena so that those alive at the same time never overlap: greedy by size, the largest first, each at the
/// lowest gap that is free during its whole life (Pisarchyk and Lee 2020, arXiv 2001.03288, "greedy by size for offsets").
struct PlanMemory: Hashable {
    /// First and last step, both included, that touch a buffer.
    struct Life: Hashable {
        var buffer: Int
        var bytes: Int
        var first: Int
        var last: Int
    }

    /// Byte offset of each buffer of `lives`.
    private(set) var offsets: [Int: Int] = [:]
    /// Bytes of the arena.
    private(set) var size = 0

    /// Cache lines, and the widest vectors.
    static let alignment = 64

    init(_ lives: [Life]) {
        var placed: [(life: Life, start: Int, end: Int)] = []
        // Ties by number, so that a plan is the same every time.
        for life in lives.sorted(by: { ($1.bytes, $0.buffer) < ($0.bytes, $1.buffer) }) {
            let length = PlanMemory.aligned(max(1, life.bytes))
            let rivals = placed.filter { $0.life.first <= life.last && life.first <= $0.life.last }
                .sorted { $0.start < $1.start }
            var start = 0
            for rival in rivals {
                if rival.start >= start + length { break }
                start = max(start, rival.end)
            }
            placed.append((life, start, start + length))
            offsets[life.buffer] = start
            size = max(size, start + length)
        }
    }

    static func aligned(_ bytes: Int) -> Int { (bytes + alignment - 1) / alignment * alignment }

    /// The caller reads or writes a buffer before step `before`; the number of steps stands for "after the last".
    struct Visit: Hashable {
        var buffer: Int
        var before: Int
    }

    /// The lives of all buffers that are not persistent. What the caller touches between two steps lives during both.
    static func lives(of buffers: [Buffer], in steps: [Step], visits: [Visit]) -> [Life] {
        var lives: [Int: Life] = [:]
        func touch(_ buffer: Int, at step: Int) {
            guard !buffers[buffer].isPersistent else { return }
            let life = lives[buffer] ?? Life(buffer: buffer, bytes: buffers[buffer].bytes, first: step, last: step)
            lives[buffer] = Life(
                buffer: buffer, bytes: life.bytes, first: min(life.first, step), last: max(life.last, step))
        }
        for (index, step) in steps.enumerated() { step.buffers.forEach { touch($0, at: index) } }
        for visit in visits {
            touch(visit.buffer, at: max(0, visit.before - 1))
            touch(visit.buffer, at: visit.before)
        }
        return lives.values.sorted { $0.buffer < $1.buffer }
    }
}
