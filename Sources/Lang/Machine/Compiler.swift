// Tree to code, one function at a time. This file holds what all of them share: emitting, registers, constants, jumps
// and names. Statements and expressions are in `CompileStatements` and `CompileExpressions`.
//
// Locals have the registers that the resolver gave them; temporaries lie above, taken and given back like a stack.

/// Compiles one function, or the top level of a file.
final class Compiler {
    struct Loop {
        var breaks: [Int] = []
        var continues: [Int] = []
    }

    let tree: SyntaxTree
    let resolution: Resolution
    let module: Module
    let builtins: Builtins
    let scope: FunctionScope
    let imports: [String: Module]
    /// Whether top-level expressions are displayed (not in imported files).
    let displays: Bool
    var contents = Chunk.Contents()
    var loops: [Loop] = []
    /// The register of the local that is being bound: nothing reads it yet.
    var freshLocal: Register?
    private var nextTemporary: Int
    /// Tables are indexed by 16 bits; a function that needs more is refused.
    private(set) var isTooLarge = false

    /// Compiles statements of a file's top level. What they share are globals, so some can be compiled without the others.
    static func compile(
        _ statements: ArraySlice<Statement>, of tree: SyntaxTree, _ resolution: Resolution, module: Module,
        builtins: Builtins, imports: [String: Module], displays: Bool
    ) -> (Chunk, [Diagnostic]) {
        let compiler = Compiler(
            tree, resolution, module, builtins, imports, scope: resolution.main, displays: displays)
        compiler.contents.name = ""
        compiler.compileTopLevel(statements)
        let chunk = Chunk(compiler.contents, source: tree.source, module: module)
        let place = Place(source: tree.source, range: .beginning)
        return (chunk, compiler.isTooLarge ? [SyntaxMessages.functionTooLarge(place)] : [])
    }

    private init(
        _ tree: SyntaxTree, _ resolution: Resolution, _ module: Module, _ builtins: Builtins,
        _ imports: [String: Module], scope: FunctionScope, displays: Bool
    ) {
        self.tree = tree
        self.resolution = resolution
        self.module = module
        self.builtins = builtins
        self.imports = imports
        self.scope = scope
        self.displays = displays
        nextTemporary = scope.slotCount
        contents.registerCount = scope.slotCount
        contents.cellCount = scope.cellCount
    }

    /// The code of a function inside this one.
    func compile(_ scope: FunctionScope, _ build: (Compiler) -> Void) -> Chunk {
        let inner = Compiler(tree, resolution, module, builtins, imports, scope: scope, displays: false)
        inner.contents.captureSources = scope.capturedValues.map { self.scope.place(of: $0) }
        inner.contents.cellSources = scope.capturedCells.map { self.scope.place(of: $0) }
        build(inner)
        if inner.isTooLarge { isTooLarge = true }
        return Chunk(inner.contents, source: tree.source, module: module)
    }

    // MARK: Emitting

    func emit(_ instruction: Instruction, _ range: SourceRange) {
        contents.code.append(instruction)
        contents.ranges.append(range)
    }

    var here: Int { contents.code.count }

    /// Emits a jump whose target `land` fills in.
    func emitJump(_ range: SourceRange, _ make: (Int32) -> Instruction) -> Int {
        emit(make(-1), range)
        return here - 1
    }

    /// Lets a jump come here.
    func land(_ jump: Int) {
        let target = Int32(clamping: here)
        switch contents.code[jump] {
        case .jump: contents.code[jump] = .jump(target)
        case .jumpIfFalse(_, let register): contents.code[jump] = .jumpIfFalse(target, register)
        case .jumpIfTrue(_, let register): contents.code[jump] = .jumpIfTrue(target, register)
        case .jumpIfGiven(_, let parameter): contents.code[jump] = .jumpIfGiven(target, parameter)
        default: preconditionFailure("only jumps land")
        }
    }

    // MARK: Registers and tables

    /// Runs `body` and gives back the temporaries that it took.
    func withTemporaries<T>(_ body: () -> T) -> T {
        let saved = nextTemporary
        defer { nextTemporary = saved }
        return body()
    }

    /// Takes consecutive registers.
    func temporaries(_ count: Int = 1) -> Register {
        let first = nextTemporary
        nextTemporary += count
        contents.registerCount = max(contents.registerCount, nextTemporary)
        return narrow(first)
    }

    /// The register so many behind another.
    func offset(_ register: Register, _ count: Int) -> Register { narrow(Int(register) + count) }

    func isTemporary(_ register: Register) -> Bool { Int(register) >= scope.slotCount }

    /// Whether the register is the temporary that was taken last.
    func isTopTemporary(_ register: Register) -> Bool {
        isTemporary(register) && Int(register) == nextTemporary - 1
    }

    /// An index that fits the instruction; otherwise the function is refused and the code never runs.
    func narrow(_ index: Int) -> UInt16 {
        guard let narrow = UInt16(exactly: index) else {
            isTooLarge = true
            return 0
        }
        return narrow
    }

    func add<T>(_ entry: T, to table: WritableKeyPath<Chunk.Contents, [T]>) -> TableIndex {
        contents[keyPath: table].append(entry)
        return narrow(contents[keyPath: table].count - 1)
    }

    func constant(_ value: Value) -> TableIndex {
        if case .number(let number) = value, let known = numberConstants[number.bitPattern] { return known }
        let index = add(value, to: \.constants)
        if case .number(let number) = value { numberConstants[number.bitPattern] = index }
        return index
    }

    private var numberConstants: [UInt64: TableIndex] = [:]

    func load(_ value: Value, into target: Register, _ range: SourceRange) {
        emit(.loadConstant(target, constant(value)), range)
    }

    // MARK: Names

    func place(_ name: Name) -> NamePlace { resolution.places[name.id] }

    /// The register of a name that lives in one.
    func register(of name: Name) -> Register? {
        if case .local(let slot) = place(name) { return narrow(slot) }
        return nil
    }

    func load(_ name: Name, into target: Register) {
        load(place(name), into: target, name.range)
    }

    func load(_ place: NamePlace, into target: Register, _ range: SourceRange) {
        switch place {
        case .local(let slot):
            if narrow(slot) != target { emit(.move(target, narrow(slot)), range) }
        case .cell(let index): emit(.loadCell(target, narrow(index)), range)
        case .capture(let index): emit(.loadCapture(target, narrow(index)), range)
        case .global(let index): emit(.loadGlobal(target, narrow(index)), range)
        case .builtin(let index): load(builtins.values[index], into: target, range)
        case .unresolved: load(.nothing, into: target, range)
        }
    }

    func store(_ source: Register, to name: Name) {
        switch place(name) {
        case .local(let slot):
            if narrow(slot) != source { emit(.move(narrow(slot), source), name.range) }
        case .cell(let index): emit(.storeCell(narrow(index), source), name.range)
        case .global(let index): emit(.storeGlobal(narrow(index), source), name.range)
        case .capture, .builtin, .unresolved: break  // Reported by the resolver.
        }
    }

    /// Makes the cell of a declaration, where it needs one of its own.
    func prepareDeclaration(of name: Name) {
        guard let variable = resolution.declarations[name.id], variable.needsCell, !variable.isCapturedEarly,
            case .cell(let index) = place(name)
        else { return }
        emit(.makeCell(narrow(index)), name.range)
    }
}
