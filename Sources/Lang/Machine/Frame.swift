// A call in progress. A frame is plain data: what it refers to is kept alive elsewhere (the chunk by the closure that is
// called, cells by the machine), so that a call counts no references.

struct Frame {
    /// The called code, kept alive by the closure in register 0, or by the module whose function was called.
    let entry: UnsafePointer<Chunk.Entry>
    /// The next instruction; the one before is where the frame stands.
    var pc = 0
    /// The frame's register 0 in the stack.
    let base: Int
    let registerCount: Int
    /// Bit i: parameter i was given.
    let given: UInt64
    /// Where the frame's cells are in the machine's list (captured cells, then its own); -1 when it has none.
    let cells: Int

    /// As many as `given` has bits.
    static let largestParameterCount = 64

    var chunk: Chunk { entry.pointee.chunk }

    @inline(__always)
    init(_ entry: UnsafePointer<Chunk.Entry>, base: Int, given: UInt64, cells: Int = -1) {
        self.entry = entry
        self.base = base
        registerCount = entry.pointee.registerCount
        self.given = given
        self.cells = cells
    }
}
