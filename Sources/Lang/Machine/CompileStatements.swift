// Statements, blocks and functions to code. A block's value is that of its last expression; where nobody wants it
// (`target` is nil) it is not made.

extension Compiler {
    func compileTopLevel(_ statements: ArraySlice<Statement>) {
        let result = temporaries()
        var hasResult = false
        for (index, statement) in zip(statements.indices, statements) {
            let isLast = index == statements.endIndex - 1
            hasResult = false
            if case .expression(let expression) = statement.kind {
                compile(expression, into: result)
                if displays, !statement.isSilent { emit(.display(result), expression.range) }
                hasResult = isLast
            } else {
                compile(statement)
            }
        }
        let end = SourceRange(tree.source.bytes.count, tree.source.bytes.count)
        if !hasResult { load(.nothing, into: result, end) }
        emit(.returnValue(result), end)
    }

    /// - Parameter target: receives the value; nil when it is not wanted.
    func compile(_ block: Block, into target: Register?) {
        for variable in resolution.earlyCells[block.range.start] ?? [] {
            if case .cell(let index) = scope.place(of: variable) { emit(.makeCell(narrow(index)), variable.range) }
        }
        var hasValue = false
        for (index, statement) in block.statements.enumerated() {
            if index == block.statements.count - 1, let target, case .expression(let expression) = statement.kind {
                compile(expression, into: target)
                hasValue = true
            } else {
                compile(statement)
            }
        }
        if let target, !hasValue { load(.nothing, into: target, SourceRange(block.range.end, block.range.end)) }
    }

    func compile(_ statement: Statement) {
        withTemporaries {
            switch statement.kind {
            case .bind(let pattern, let value, _): compileBinding(pattern, value)
            case .assign(let target, let operation, let operationRange, let value):
                compileAssignment(target, operation, operationRange, value)
            case .function(let name, let function): compileFunctionStatement(name, function)
            case .forLoop(let clause, let body):
                compileFor(clause, range: statement.range) { self.compile(body, into: nil) }
            case .whileLoop(let condition, let body): compileWhile(condition, body, statement.range)
            case .returnValue(let value): compileReturn(value, statement.range)
            case .breakLoop: compileJump(\.breaks, statement.range)
            case .continueLoop: compileJump(\.continues, statement.range)
            case .importFile(let path, let pathRange, let name): compileImport(path, pathRange, name)
            case .expression(let expression): compileForEffect(expression)
            case .missing: break
            }
        }
    }

    /// An expression whose value nobody wants.
    private func compileForEffect(_ expression: Expression) {
        switch expression.kind {
        case .conditional(let condition, let body, let otherwise):
            compileConditional(condition, body, otherwise, into: nil, expression.range)
        case .attempt(let body, let name, let handler):
            compileAttempt(body, name, handler, into: nil, expression.range)
        default: compile(expression, into: temporaries())
        }
    }

    // MARK: Binding

    private func compileBinding(_ pattern: Pattern, _ value: Expression) {
        switch pattern {
        case .name(let name):
            // The name is not visible yet, so its register may hold intermediate results.
            let target = register(of: name) ?? temporaries()
            let saved = freshLocal
            freshLocal = target
            compile(value, into: target)
            freshLocal = saved
            prepareDeclaration(of: name)
            store(target, to: name)
        case .list(let names, let range):
            let source = operand(value)
            let first = temporaries(names.count)
            emit(.unpackList(first, source, count: narrow(names.count)), range)
            for (index, name) in names.enumerated() { bind(name, to: offset(first, index)) }
        case .record(let names, _):
            let source = operand(value)
            let part = temporaries()
            for name in names {
                emit(.field(part, source, add(name.text, to: \.fieldNames)), name.range)
                bind(name, to: part)
            }
        }
    }

    private func bind(_ name: Name, to register: Register) {
        prepareDeclaration(of: name)
        store(register, to: name)
    }

    private func compileFunctionStatement(_ name: Name, _ function: Function) {
        let target = register(of: name) ?? temporaries()
        compile(function, name: name.text, into: target)
        prepareDeclaration(of: name)
        if case .global(let index) = place(name) {
            emit(.defineFunction(narrow(index), target), name.range)
        } else {
            store(target, to: name)
        }
    }

    private func compileImport(_ path: String, _ range: SourceRange, _ name: Name) {
        guard let imported = imports[path] else { return }
        let target = register(of: name) ?? temporaries()
        emit(.importModule(target, add(imported, to: \.imports)), range)
        prepareDeclaration(of: name)
        store(target, to: name)
    }

    // MARK: Assignment

    private func compileAssignment(
        _ target: Expression, _ operation: BinaryOperator?, _ operationRange: SourceRange, _ value: Expression
    ) {
        guard case .name(let name) = target.kind else {
            return compilePartAssignment(target, operation, operationRange, value)
        }
        if operation == nil, let tail = value.tail(joinedOnto: name), case .global(let index) = place(name) {
            return emit(.joinOntoGlobal(narrow(index), operand(tail)), value.range)
        }
        if operation == nil, compileAppending(value, onto: name) || compileJoining(value, onto: name) { return }
        guard let operation else {
            let result = register(of: name).map { mayUse($0, whileCompiling: value) } ?? temporaries()
            compile(value, into: result)
            return store(result, to: name)
        }
        let result = register(of: name) ?? temporaries()
        let current = register(of: name) ?? result
        if register(of: name) == nil { load(name, into: result) }
        compileOperator(operation, operationRange, current, value, into: result)
        store(result, to: name)
    }

    /// The register of an assigned local, when the new value can be made in it: not where making it reads the old one
    /// after the first write.
    private func mayUse(_ register: Register, whileCompiling value: Expression) -> Register {
        switch value.kind {
        case .binary, .name, .number, .negate, .index, .field: register
        default: temporaries()
        }
    }

    private func compilePartAssignment(
        _ target: Expression, _ operation: BinaryOperator?, _ operationRange: SourceRange, _ value: Expression
    ) {
        var indices: [Expression] = []
        var steps: [Chunk.PathStep] = []
        guard let root = flatten(target, &steps, &indices) else { return }
        let first = temporaries(indices.count + 1)
        for (position, index) in indices.enumerated() { compile(index, into: offset(first, position)) }
        let last = offset(first, indices.count)
        if let operation {
            compileReading(root, steps, first, into: last, target.range)
            compileOperator(operation, operationRange, last, value, into: last)
        } else {
            compile(value, into: last)
        }
        emitPartAssignment(root, add(steps, to: \.paths), first, target.range)
    }

    /// The root of `a.b[i]`, with its steps and indices in order.
    private func flatten(_ target: Expression, _ steps: inout [Chunk.PathStep], _ indices: inout [Expression]) -> Name?
    {
        switch target.kind {
        case .name(let name): return name
        case .field(let base, let name):
            let root = flatten(base, &steps, &indices)
            steps.append(.field(name.text))
            return root
        case .index(let base, let index):
            let root = flatten(base, &steps, &indices)
            steps.append(.index)
            indices.append(index)
            return root
        default: return nil
        }
    }

    private func compileReading(
        _ root: Name, _ steps: [Chunk.PathStep], _ first: Register, into target: Register, _ range: SourceRange
    ) {
        load(root, into: target)
        var index = first
        for step in steps {
            switch step {
            case .field(let name): emit(.field(target, target, add(name, to: \.fieldNames)), range)
            case .index:
                emit(.index(target, target, index), range)
                index = offset(index, 1)
            }
        }
    }

    private func emitPartAssignment(_ root: Name, _ path: TableIndex, _ first: Register, _ range: SourceRange) {
        switch place(root) {
        case .local(let slot): emit(.assignPart(narrow(slot), path, first: first), range)
        case .global(let index): emit(.assignPartOfGlobal(narrow(index), path, first: first), range)
        case .cell(let index): emit(.assignPartOfCell(narrow(index), path, first: first), range)
        case .capture, .builtin, .unresolved: break  // Reported by the resolver.
        }
    }

    // MARK: Loops

    /// A loop over a collection, or counting when the sequence is written as a range.
    func compileFor(_ clause: ForClause, range: SourceRange, body: () -> Void) {
        guard let name = clause.names.first, case .local(let slot) = place(name) else { return }
        let first = narrow(slot)
        let counts: Bool
        if case .range(let from, let to, let step, let isInclusive) = clause.sequence.kind, clause.names.count == 1 {
            counts = true
            compile(from, into: offset(first, 1))
            compile(to, into: offset(first, 3))
            if let step {
                compile(step, into: offset(first, 2))
            } else {
                load(.number(1), into: offset(first, 2), clause.sequence.range)
            }
            emit(.startRange(first, inclusive: isInclusive), clause.sequence.range)
        } else {
            counts = false
            compile(clause.sequence, into: offset(first, 1))
            emit(.startIteration(first), clause.sequence.range)
        }
        let entry = emitJump(range) { .jump($0) }
        let start = Int32(clamping: here)
        loops.append(Loop())
        body()
        let loop = loops.removeLast()
        loop.continues.forEach(land)
        land(entry)
        let isPair = clause.names.count > 1
        emit(
            counts ? .nextNumber(start, first) : isPair ? .nextPair(start, first) : .nextElement(start, first),
            clause.sequence.range)
        loop.breaks.forEach(land)
    }

    private func compileWhile(_ condition: Expression, _ body: Block, _ range: SourceRange) {
        let start = Int32(clamping: here)
        let exits = compileCondition(condition)
        loops.append(Loop())
        compile(body, into: nil)
        let loop = loops.removeLast()
        loop.continues.forEach(land)
        emit(.loop(start), range)
        exits.forEach(land)
        loop.breaks.forEach(land)
    }

    private func compileJump(_ list: WritableKeyPath<Loop, [Int]>, _ range: SourceRange) {
        guard !loops.isEmpty else { return }
        loops[loops.count - 1][keyPath: list].append(emitJump(range) { .jump($0) })
    }

    private func compileReturn(_ value: Expression?, _ range: SourceRange) {
        let result: Register
        if let value {
            result = operand(value)
        } else {
            result = temporaries()
            load(.nothing, into: result, range)
        }
        emit(.returnValue(result), range)
    }

    // MARK: Functions

    func compile(_ function: Function, name: String, into target: Register) {
        guard let scope = resolution.functions[function.id] else { return }
        let source = tree.source
        let chunk = compile(scope) { compiler in
            compiler.contents.name = name
            compiler.contents.help = function.help
            compiler.contents.heading = function.heading(name: name, in: source)
            compiler.compileParameters(function.parameters)
            compiler.compileResult(function.body)
        }
        emit(.makeClosure(target, add(chunk, to: \.functions)), function.range)
    }

    /// A block whose value the function returns; both sides of a condition in that place return by themselves.
    private func compileResult(_ block: Block) {
        guard case .expression(let last)? = block.statements.last?.kind,
            case .conditional(let condition, let body, let otherwise?) = last.kind,
            resolution.earlyCells[block.range.start] == nil
        else {
            return withTemporaries {
                let result = temporaries()
                compile(block, into: result)
                emit(.returnValue(result), block.range)
            }
        }
        block.statements.dropLast().forEach { compile($0) }
        let exits = compileCondition(condition)
        compileResult(body)
        exits.forEach(land)
        compileResult(otherwise)
    }

    private func compileParameters(_ parameters: [Function.Parameter]) {
        for (index, parameter) in parameters.enumerated() {
            contents.parameters.append(.init(name: parameter.name.text, hasDefault: parameter.defaultValue != nil))
            if parameter.isRest { contents.hasRest = true }
            let register = narrow(index + 1)
            if let value = parameter.defaultValue {
                let given = emitJump(value.range) { .jumpIfGiven($0, narrow(index)) }
                withTemporaries { compile(value, into: register) }
                land(given)
            }
            guard case .cell = place(parameter.name) else { continue }
            prepareDeclaration(of: parameter.name)
            store(register, to: parameter.name)
        }
    }
}

extension Expression {
    /// The right side of `name ++ tail`, where computing it cannot change the variable first.
    fileprivate func tail(joinedOnto name: Name) -> Expression? {
        guard case .binary(.concat, _, let left, let right) = kind, case .name(let joined) = left.kind,
            joined.text == name.text, !right.runsCode
        else { return nil }
        return right
    }
}

extension Function {
    /// `f(x, y = 1)`, as the source has it; `(x) => …` for a function without a name.
    fileprivate func heading(name: String, in source: SourceFile) -> String {
        let list = parameters.map { parameter in
            let value = parameter.defaultValue.map { " = " + source.text($0.range) } ?? ""
            return (parameter.isRest ? "..." : "") + parameter.name.text + value
        }
        return "\(name)(\(list.joined(separator: ", ")))"
    }
}
