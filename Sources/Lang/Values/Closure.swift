// Functions as values. A closure is compiled code with what it captured: `let`s by value, `var`s as cells that it
// shares with the scope that declared them.

/// A function written in tx.
public final class Closure: Container {
    let chunk: Chunk
    /// Captured values, in the order of the chunk's capture list.
    var captures: [Value]
    /// Captured variables.
    var cells: [Cell]

    init(chunk: Chunk, captures: [Value], cells: [Cell]) {
        self.chunk = chunk
        self.captures = captures
        self.cells = cells
    }

    public var name: String { chunk.name }

    /// The function's help: the prose directly above it.
    public var help: String { chunk.help }

    /// As it was declared: `f(x, y = 1)`.
    public var heading: String { chunk.heading }

    /// The parameters that an argument can name: all but one that collects the rest.
    public var parameterNames: [String] {
        chunk.contents.parameters.dropLast(chunk.contents.hasRest ? 1 : 0).map(\.name)
    }

    override func giveUpParts(to pending: inout [Container]) {
        for index in cells.indices where isKnownUniquelyReferenced(&cells[index]) {
            if let value = cells[index].value { captures.append(value) }
            cells[index].value = nil
        }
        Container.giveUp(&captures, to: &pending)
    }

    deinit { if !captures.isEmpty || !cells.isEmpty { Container.release(self) } }
}

/// A captured variable; nil until its declaration has run.
final class Cell {
    var value: Value?

    init(_ value: Value? = nil) { self.value = value }
}

/// A function of the standard library: all signatures of one name.
///
/// One name, one meaning: `len` of a list and of a table are two signatures that differ in the kind of their first
/// parameter; a call takes the first whose first parameter accepts the first argument.
public final class NativeFunction {
    public let name: String
    /// In the order of registration, never empty.
    public let signatures: [Signature]

    init(name: String, signatures: [Signature]) {
        self.name = name
        self.signatures = signatures
    }
}
