// The façade of the language: all that the program around it calls. A source goes through lexer, parser, resolver,
// compiler and machine, and no stage looks back.

/// An interpreter with its global names, which live from one run to the next.
public final class Interpreter {
    private let machine: Machine
    private let builtins: Builtins
    private let output: (String) -> Void
    private var loader: ModuleLoader
    /// The top level that all runs share.
    private let module = Module(source: nil)

    /// - Parameters:
    ///   - natives: functions beside the core library, which is always there.
    ///   - output: receives displayed and printed text, line endings included.
    public init(natives: [Signature] = [], limits: Limits = Limits(), output: @escaping (String) -> Void) {
        self.output = output
        builtins = Builtins(signatures: CoreLibrary.signatures + natives)
        loader = ModuleLoader(builtins: builtins, nesting: limits.nesting)
        machine = Machine(limits: limits, output: output)
    }

    /// The width that displayed values may take, in columns.
    public var displayWidth: Int {
        get { machine.displayWidth }
        set { machine.displayWidth = newValue }
    }

    /// All that is known to be wrong without running, and warnings about what cannot be meant. No name is declared.
    public func check(_ source: SourceFile) -> [Diagnostic] {
        var loader = ModuleLoader(builtins: builtins, nesting: machine.limits.nesting)
        loader.warns = true
        return loader.load(source, into: Module(declaring: module), redefine: false, displays: true).diagnostics
    }

    /// Runs a source. Global names stay for the next run.
    /// - Parameters:
    ///   - redefine: whether a `let` may bind a name anew, as in the REPL.
    ///   - onDisplay: receives the values of top-level expressions instead of the output.
    /// - Returns: the value of the last statement when it is an expression, nil when it is `none` or no expression.
    /// - Throws: `Failure`
    @discardableResult
    public func run(
        _ source: SourceFile, redefine: Bool = false, onDisplay: ((Value) -> Void)? = nil
    ) throws -> Value? {
        try run(source, cells: [], redefine: redefine, onDisplay: onDisplay)
    }

    /// Runs a source cell by cell, as a notebook does. It is checked and compiled as a whole before the first cell runs, so
    /// that it means the same as in one piece.
    /// - Parameters:
    ///   - cells: parts of the source in order, such as `cells(of:)` gives; all of it is one cell when empty.
    ///   - onStart: learns of each cell, by its index, before it runs; what is thrown later comes from that cell.
    /// - Throws: `Failure`
    @discardableResult
    public func run(
        _ source: SourceFile, cells: [SourceRange], redefine: Bool = false, onStart: (Int) -> Void = { _ in },
        onDisplay: ((Value) -> Void)? = nil
    ) throws -> Value? {
        defer { module.forgetUnset() }
        let (chunks, diagnostics) = loader.load(
            source, into: module, redefine: redefine, displays: true, cells: cells)
        guard diagnostics.isEmpty else { throw Failure(.static, diagnostics) }
        machine.stackGuard = StackGuard()
        let (output, width) = (output, displayWidth)
        machine.onDisplay = onDisplay ?? { output(ValueDisplay.display($0, width: width) + "\n") }
        do {
            var result = Value.nothing
            for (index, chunk) in chunks.enumerated() {
                onStart(index)
                result = try machine.run(chunk)
            }
            return result.isNothing ? nil : result
        } catch let error as RunError {
            throw Failure(.runtime, [error.diagnostic])
        } catch is Interruption {
            throw Failure(.interrupted, [RunMessages.interrupted(Place(source: source, range: .beginning))])
        }
    }

    /// Calls a function between runs.
    /// - Throws: `Failure`
    public func call(_ function: Value, _ arguments: [Value] = []) throws -> Value {
        machine.stackGuard = StackGuard()
        do {
            return try machine.invoke(function, arguments)
        } catch let error as RunError {
            throw Failure(.runtime, [error.diagnostic])
        } catch is Interruption {
            let nowhere = Place(source: SourceFile(name: "", bytes: []), range: .beginning)
            throw Failure(.interrupted, [RunMessages.interrupted(nowhere)])
        }
    }

    /// The prose and the code of a source, no statement cut in two.
    public func cells(of source: SourceFile) -> [Cells.Part] {
        let tree = Parser.parse(source, nesting: machine.limits.nesting).tree
        return Cells.cut(source, keeping: tree.statements.map(\.range))
    }

    /// A value as a top-level expression shows it.
    public func display(_ value: Value) -> String { ValueDisplay.display(value, width: displayWidth) }

    /// Sorted names that scripts can use, for completion.
    public var globalNames: [String] { (module.names + builtins.names.keys).sorted() }

    /// Sorted names that runs have bound, builtin ones not included.
    public var ownNames: [String] { module.names.filter { module.value(of: $0) != nil }.sorted() }

    /// The value of a global name, or of a builtin one.
    public func value(of name: String) -> Value? {
        module.value(of: name) ?? builtins.names[name].map { builtins.values[$0] }
    }

    /// Binds a global name, as `let` does: `_` and `out` of the REPL.
    public func define(_ name: String, _ value: Value) {
        let place = Place(source: SourceFile(name: "<host>", bytes: []), range: .beginning)
        let global = module.declare(name, .let, at: place)
        module.store(value, at: global.index)
    }

    /// The files that the sources run so far import, by path.
    public var importedFiles: [SourceFile] {
        loader.modules.sorted { $0.key < $1.key }.compactMap(\.value.source)
    }

    /// All natives, core and added, in order of registration.
    public var signatures: [Signature] { builtins.signatures }
}
