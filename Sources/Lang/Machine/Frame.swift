// A call in progress.

struct Frame {
    /// Kept alive by the closure in register 0.
    unowned(unsafe) let chunk: Chunk
    /// The next instruction; the one before is where the frame stands.
    var pc = 0
    /// The frame's register 0 in the stack.
    let base: Int
    let registerCount: Int
    /// Bit i: parameter i was given.
    let given: UInt64
    /// Captured cells, then the frame's own.
    var cells: [Cell]

    /// As many as `given` has bits.
    static let largestParameterCount = 64

    init(_ chunk: Chunk, base: Int, given: UInt64, cells: [Cell]) {
        self.chunk = chunk
        self.base = base
        registerCount = chunk.registerCount
        self.given = given
        self.cells = cells
    }

    static func freshCells(_ count: Int) -> [Cell] { (0..<count).map { _ in Cell() } }
}
