// Where names live while the resolver walks: variables, the blocks that declare them, the functions that own them. The
// compiler reads the finished `FunctionScope`s; after resolving nothing in them changes.

/// A declared name of a function's scope.
final class Variable {
    enum Kind { case `let`, `var`, parameter, function, loop, caught, imported }

    let name: String
    let kind: Kind
    let range: SourceRange
    let owner: FunctionScope
    /// Register in the owner's frame.
    let slot: Int
    /// Whether a nested function uses it.
    var isCaptured = false
    /// Whether a nested function may run before the declaration does.
    var isCapturedEarly = false
    /// Index among the owner's own cells, when it needs one.
    var cell: Int?
    /// Whether code reads it; assigning a part of it does not.
    var isRead = false
    var isAssigned = false
    /// What an import bound, for checking its fields.
    var module: Module?

    init(name: String, kind: Kind, range: SourceRange, owner: FunctionScope, slot: Int) {
        self.name = name
        self.kind = kind
        self.range = range
        self.owner = owner
        self.slot = slot
    }

    var isAssignable: Bool { kind == .var }

    /// A captured `let` is copied into the closure; only what may change after that is shared through a cell.
    var needsCell: Bool { isCaptured && (kind == .var || isCapturedEarly) }
}

/// A function, or the top level of a file, while and after its names are resolved.
final class FunctionScope {
    let parent: FunctionScope?
    /// Blocks from the outermost in.
    private var blocks: [[String: Variable]] = []
    private var nextSlot: Int
    private(set) var slotCount: Int
    /// Variables of enclosing functions that this one or one inside it uses, in order of first use.
    private(set) var captured: [Variable] = []
    private(set) var cellCount = 0

    /// Slot 0 of a frame holds the function itself.
    init(parent: FunctionScope?) {
        self.parent = parent
        nextSlot = 1
        slotCount = 1
    }

    // MARK: Blocks

    func enterBlock() -> Int {
        blocks.append([:])
        return nextSlot
    }

    /// - Parameter firstSlot: what `enterBlock` returned: slots of ended blocks are used again.
    func leaveBlock(_ firstSlot: Int) {
        blocks.removeLast()
        nextSlot = firstSlot
    }

    func declare(_ name: String, _ kind: Variable.Kind, _ range: SourceRange) -> Variable {
        let variable = Variable(name: name, kind: kind, range: range, owner: self, slot: takeSlots(1))
        blocks[blocks.count - 1][name] = variable
        return variable
    }

    /// The function's own name inside its body: slot 0.
    func declareSelf(_ name: String, _ range: SourceRange) {
        blocks[0][name] = Variable(name: name, kind: .function, range: range, owner: self, slot: 0)
    }

    /// Reserves registers without a name: the state of a loop.
    @discardableResult
    func takeSlots(_ count: Int) -> Int {
        defer {
            nextSlot += count
            slotCount = max(slotCount, nextSlot)
        }
        return nextSlot
    }

    // MARK: Looking up

    func find(_ name: String) -> Variable? {
        for block in blocks.reversed() {
            if let variable = block[name] { return variable }
        }
        return nil
    }

    func isDeclaredInInnermostBlock(_ name: String) -> Variable? { blocks.last?[name] }

    var names: [String] { blocks.flatMap { $0.keys } }

    // MARK: Captures

    func capture(_ variable: Variable) {
        variable.isCaptured = true
        if !captured.contains(where: { $0 === variable }) { captured.append(variable) }
    }

    /// Gives cells their numbers; called once, when the whole file is resolved.
    func numberCells(of variables: [Variable]) {
        for variable in variables where variable.needsCell {
            variable.cell = cellCount
            cellCount += 1
        }
    }

    var capturedValues: [Variable] { captured.filter { !$0.needsCell } }
    var capturedCells: [Variable] { captured.filter { $0.needsCell } }

    /// Where code of this function finds a variable.
    func place(of variable: Variable) -> NamePlace {
        if variable.owner === self {
            return variable.cell.map { .cell(capturedCells.count + $0) } ?? .local(variable.slot)
        }
        if variable.needsCell, let index = capturedCells.firstIndex(where: { $0 === variable }) {
            return .cell(index)
        }
        if let index = capturedValues.firstIndex(where: { $0 === variable }) { return .capture(index) }
        return .unresolved
    }
}

/// Where the machine finds the value of a name.
enum NamePlace: Equatable {
    case local(Int)
    /// Index in the frame's cells: first the captured ones, then its own.
    case cell(Int)
    case capture(Int)
    case global(Int)
    /// Index among the natives and constants.
    case builtin(Int)
    /// Reported; the file does not run.
    case unresolved
}
