// Gives every name its place before anything runs: a register, a cell, a capture, a global or a builtin. Unknown
// names, assignments to what cannot be assigned and names bound twice are reported here.
//
// A name is visible from the end of its declaration to the end of its block. Functions see more: a body may use every
// global of its file, and every `fn` of the blocks around it, because it runs later.

/// The findings about one file.
struct Resolution {
    /// By `Name.id`: the variable, global or builtin, and the function that uses it.
    var places: [NamePlace]
    /// By `Function.id`.
    var functions: [FunctionScope?]
    /// By the formula's id.
    var formulas: [FormulaLayout?]
    /// The top level.
    let main: FunctionScope
    /// By `Name.id` of a declaration: the variable that it declares.
    var declarations: [Variable?]
    /// All variables, and the globals that the file reads and assigns, for warnings.
    let variables: [Variable]
    let readGlobals: Set<String>
    let assignedGlobals: Set<String>
    /// Per block (by the start of its range): functions whose cells must exist before the block runs.
    var earlyCells: [Int: [Variable]]
}

/// The terms of a formula, each a function of its columns.
struct FormulaLayout {
    struct Term {
        let expression: Expression
        let columns: [String]
        let scope: FunctionScope
        /// The `1` of `- 1`.
        var isSubtracted = false
    }

    var left: [Term]
    var right: [Term]
}

/// Resolves one file.
final class Resolver {
    let tree: SyntaxTree
    let module: Module
    let builtins: Builtins
    private let redefine: Bool
    let imports: [String: Module]
    private(set) var diagnostics: [Diagnostic] = []

    var function: FunctionScope
    let main: FunctionScope
    private var loopDepth = 0
    var isInFunction: Bool { function !== main }
    /// Top-level names of this file that have been declared so far.
    var declaredGlobals: Set<String>
    /// Top-level names of this file, for functions, which may run later.
    var laterGlobals: [String: SourceRange] = [:]
    /// While a formula's term is resolved: its columns.
    var columns: [String]?

    var uses: [(id: Int, variable: Variable, function: FunctionScope)] = []
    private var variables: [Variable] = []
    var readGlobals: Set<String> = []
    var assignedGlobals: Set<String> = []
    var places: [NamePlace]
    private var functions: [FunctionScope?]
    private var formulas: [FormulaLayout?]
    var declarations: [Variable?]
    private var earlyCells: [Int: [Variable]] = [:]

    /// - Parameter imports: the modules of the file's imports, by path as written.
    static func resolve(
        _ tree: SyntaxTree, in module: Module, builtins: Builtins, imports: [String: Module], redefine: Bool
    ) -> (Resolution, [Diagnostic]) {
        let resolver = Resolver(tree, module, builtins, imports, redefine)
        resolver.resolveProgram()
        return (resolver.resolution(), resolver.diagnostics)
    }

    private init(
        _ tree: SyntaxTree, _ module: Module, _ builtins: Builtins, _ imports: [String: Module], _ redefine: Bool
    ) {
        self.tree = tree
        self.module = module
        self.builtins = builtins
        self.imports = imports
        self.redefine = redefine
        main = FunctionScope(parent: nil)
        function = main
        places = Array(repeating: .unresolved, count: tree.nameCount)
        functions = Array(repeating: nil, count: tree.functionCount)
        formulas = Array(repeating: nil, count: tree.formulaCount)
        declarations = Array(repeating: nil, count: tree.nameCount)
        declaredGlobals = Set(module.globals.keys)
    }

    private func resolution() -> Resolution {
        Dictionary(grouping: variables) { ObjectIdentifier($0.owner) }.values.forEach { owned in
            owned.first?.owner.numberCells(of: owned)
        }
        for use in uses { places[use.id] = use.function.place(of: use.variable) }
        return Resolution(
            places: places, functions: functions, formulas: formulas, main: main, declarations: declarations,
            variables: variables, readGlobals: readGlobals, assignedGlobals: assignedGlobals,
            earlyCells: earlyCells.mapValues { $0.filter(\.needsCell) })
    }

    func report(_ message: (Place) -> Diagnostic, at range: SourceRange) {
        diagnostics.append(message(Place(source: tree.source, range: range)))
    }

    // MARK: Program and blocks

    private func resolveProgram() {
        for name in tree.statements.flatMap(\.declaredNames) where laterGlobals[name.text] == nil {
            laterGlobals[name.text] = name.range
        }
        let slot = main.enterBlock()
        for statement in tree.statements { resolve(statement) }
        main.leaveBlock(slot)
    }

    private var isTopLevel: Bool { function === main && blockDepth == 0 }
    private var blockDepth = 0

    func resolve(_ block: Block, declaring: () -> Void = {}) {
        blockDepth += 1
        let slot = function.enterBlock()
        declaring()
        let functions = block.statements.compactMap { statement -> Variable? in
            guard case .function(let name, _) = statement.kind, !name.text.isEmpty else { return nil }
            return predeclare(name)
        }
        if !functions.isEmpty { earlyCells[block.range.start] = functions }
        for statement in block.statements { resolve(statement) }
        function.leaveBlock(slot)
        blockDepth -= 1
    }

    /// Makes a `fn` visible to the functions of its whole block.
    private func predeclare(_ name: Name) -> Variable {
        if let earlier = function.isDeclaredInInnermostBlock(name.text) { reportBound(name, earlier.range) }
        let variable = declareLocal(name, .function)
        undeclared.insert(ObjectIdentifier(variable))
        return variable
    }

    /// Functions of enclosing blocks whose declaration lies ahead.
    var undeclared: Set<ObjectIdentifier> = []

    // MARK: Statements

    private func resolve(_ statement: Statement) {
        switch statement.kind {
        case .bind(let pattern, let value, let isVariable):
            resolve(value)
            resolve(pattern, isVariable: isVariable)
        case .assign(let target, _, _, let value):
            resolve(value)
            resolveTarget(target)
        case .function(let name, let function):
            resolveFunctionStatement(name, function)
        case .forLoop(let clause, let body):
            resolve(clause.sequence)
            inLoop { resolve(body) { self.declareLoop(clause.names) } }
        case .whileLoop(let condition, let body):
            resolve(condition)
            inLoop { resolve(body) }
        case .returnValue(let value):
            if !isInFunction { report(NameMessages.returnOutsideFunction, at: statement.range) }
            if let value { resolve(value) }
        case .breakLoop, .continueLoop:
            if loopDepth == 0 {
                report(
                    { NameMessages.jumpOutsideLoop($0, self.tree.source.text(statement.range)) }, at: statement.range)
            }
        case .importFile(let path, _, let name):
            declare(name, .imported)
            if let imported = imports[path] { bind(name, to: imported) }
        case .expression(let expression): resolve(expression)
        case .missing: break
        }
    }

    /// Where globals may be bound anew, a pattern still binds each of its names once.
    private func resolve(_ pattern: Pattern, isVariable: Bool) {
        var earlier: [String: SourceRange] = [:]
        for name in pattern.names {
            if redefine, isTopLevel, let range = earlier[name.text] { reportBound(name, range) }
            earlier[name.text] = name.range
            declare(name, isVariable ? .var : .let)
        }
    }

    private func inLoop(_ body: () -> Void) {
        loopDepth += 1
        body()
        loopDepth -= 1
    }

    private func resolveFunctionStatement(_ name: Name, _ function: Function) {
        if isTopLevel {
            declare(name, .function)
        } else if let variable = self.function.isDeclaredInInnermostBlock(name.text), variable.range == name.range {
            undeclared.remove(ObjectIdentifier(variable))
        }
        resolve(function, selfName: isTopLevel ? nil : name)
    }

    func resolve(_ function: Function, selfName: Name? = nil) {
        let scope = FunctionScope(parent: self.function)
        functions[function.id] = scope
        inScope(scope) {
            let slot = scope.enterBlock()
            if let selfName { scope.declareSelf(selfName.text, selfName.range) }
            checkParameters(function.parameters)
            for parameter in function.parameters {
                if let value = parameter.defaultValue { resolve(value) }
                declare(parameter.name, .parameter)
            }
            resolve(function.body)
            scope.leaveBlock(slot)
        }
    }

    /// Runs `body` inside a function's scope.
    func inScope(_ scope: FunctionScope, _ body: () -> Void) {
        let saved = (function, loopDepth, blockDepth, columns)
        function = scope
        loopDepth = 0
        blockDepth = 1
        columns = nil
        body()
        (function, loopDepth, blockDepth, columns) = saved
    }

    private func checkParameters(_ parameters: [Function.Parameter]) {
        for (index, parameter) in parameters.enumerated() {
            if parameters[..<index].contains(where: { $0.name.text == parameter.name.text && !$0.name.text.isEmpty }) {
                report({ NameMessages.repeatedParameter($0, parameter.name.text) }, at: parameter.name.range)
            }
            if parameter.isRest, index != parameters.count - 1 {
                report(NameMessages.restNotLast, at: parameter.name.range)
            }
            let follows = index > 0 && parameters[index - 1].defaultValue != nil
            if follows, parameter.defaultValue == nil, !parameter.isRest {
                report({ NameMessages.requiredAfterDefault($0, parameter.name.text) }, at: parameter.name.range)
            }
        }
        if parameters.count > Frame.largestParameterCount {
            let range = parameters[Frame.largestParameterCount].name.range
            report({ NameMessages.tooManyParameters($0, limit: Frame.largestParameterCount) }, at: range)
        }
    }

    // MARK: Declarations

    private func declare(_ name: Name, _ kind: Variable.Kind) {
        guard !name.text.isEmpty else { return }
        if isTopLevel { return declareGlobal(name, kind) }
        if kind != .parameter, let earlier = function.isDeclaredInInnermostBlock(name.text) {
            reportBound(name, earlier.range)
        }
        _ = declareLocal(name, kind)
    }

    private func reportBound(_ name: Name, _ earlier: SourceRange, in source: SourceFile? = nil) {
        let earlier = Place(source: source ?? tree.source, range: earlier)
        report({ NameMessages.alreadyBound($0, name.text, earlier: earlier) }, at: name.range)
    }

    func declareLocal(_ name: Name, _ kind: Variable.Kind) -> Variable {
        let variable = function.declare(name.text, kind, name.range)
        variables.append(variable)
        declarations[name.id] = variable
        uses.append((name.id, variable, function))
        return variable
    }

    private func declareGlobal(_ name: Name, _ kind: Variable.Kind) {
        let place = Place(source: tree.source, range: name.range)
        let isRepeated = declaredGlobals.contains(name.text)
        if isRepeated, !redefine, let earlier = module.globals[name.text] {
            places[name.id] = .global(earlier.index)
            return reportBound(name, earlier.range, in: earlier.source)
        }
        declaredGlobals.insert(name.text)
        places[name.id] = .global(module.declare(name.text, kind, at: place).index)
    }

    private func bind(_ name: Name, to imported: Module) {
        if isTopLevel {
            module.bind(name.text, to: imported)
        } else {
            declarations[name.id]?.module = imported
        }
    }

    /// A loop's first name is followed by the registers of the loop's state, then comes the second name.
    private func declareLoop(_ names: [Name]) {
        guard let first = names.first else { return }
        declare(first, .loop)
        function.takeSlots(Instruction.loopStateSlots)
        for name in names.dropFirst() { declare(name, .loop) }
    }

    // MARK: Expressions

    func resolve(_ expression: Expression) {
        switch expression.kind {
        case .missing, .nothing, .bool, .number: break
        case .string(let parts):
            for case .interpolation(let value, _) in parts { resolve(value) }
        case .name(let name): resolveUse(name)
        case .list(let elements): elements.forEach { resolve($0) }
        case .comprehension(let element, let clause, let condition):
            resolveComprehension(element, clause, condition)
        case .record(let fields): fields.forEach { resolve($0.value) }
        case .group(let inner), .negate(let inner), .not(let inner): resolve(inner)
        case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right),
            .index(let left, let right):
            resolve(left)
            resolve(right)
        case .range(let from, let to, let step, _):
            [from, to, step].forEach { $0.map { resolve($0) } }
        case .slice(let base, let from, let to): [base, from, to].forEach { $0.map { resolve($0) } }
        case .formula(let left, let right, let id):
            formulas[id] = FormulaLayout(left: resolveTerms(left), right: resolveTerms(right, isRight: true))
        case .call(let callee, let arguments): resolveCall(callee, arguments)
        case .field(let base, let name):
            resolve(base)
            checkImportedField(base, name)
        case .pipe(let left, let right): resolvePipe(left, right)
        case .lambda(let function): resolve(function)
        case .conditional(let condition, let body, let otherwise):
            resolve(condition)
            resolve(body)
            if let otherwise { resolve(otherwise) }
        case .attempt(let body, let name, let handler):
            resolve(body)
            resolve(handler) { self.declare(name, .caught) }
        }
    }

    private func resolveComprehension(_ element: Expression, _ clause: ForClause, _ condition: Expression?) {
        resolve(clause.sequence)
        blockDepth += 1
        let slot = function.enterBlock()
        declareLoop(clause.names)
        if let condition { resolve(condition) }
        resolve(element)
        function.leaveBlock(slot)
        blockDepth -= 1
    }

    private func resolveCall(_ callee: Expression, _ arguments: [Argument]) {
        resolveCallee(callee)
        arguments.forEach { resolve($0.value) }
    }

    /// In a formula the names of functions keep their meaning.
    private func resolveCallee(_ callee: Expression) {
        guard case .name(let name) = callee.kind else { return resolve(callee) }
        let saved = columns
        columns = nil
        resolveUse(name)
        columns = saved
    }

    private func resolvePipe(_ left: Expression, _ right: Expression) {
        resolve(left)
        if case .call(let callee, let arguments) = right.kind {
            resolveCall(callee, arguments)
        } else {
            resolveCallee(right)
        }
    }
}

extension Statement {
    /// Names that the statement declares in its block.
    var declaredNames: [Name] {
        switch kind {
        case .bind(let pattern, _, _): pattern.names
        case .function(let name, _), .importFile(_, _, let name): [name]
        default: []
        }
    }
}
