// Expressions to code. `compile(_:into:)` makes a value in a register; `operand` avoids the copy where the value lies
// in a local's register already.

extension Compiler {
    func compile(_ expression: Expression, into target: Register) {
        let range = expression.range
        switch expression.kind {
        case .missing, .nothing: load(.nothing, into: target, range)
        case .bool(let bool): load(.bool(bool), into: target, range)
        case .number(let number): load(.number(number), into: target, range)
        case .string(let parts): compileString(parts, into: target, range)
        case .name(let name): load(name, into: target)
        case .list(let elements): compileList(elements, into: target, range)
        case .comprehension(let element, let clause, let condition):
            compileComprehension(element, clause, condition, into: target, range)
        case .record(let fields): compileRecord(fields, into: target, range)
        case .group(let inner): compile(inner, into: target)
        case .negate(let inner): withTemporaries { emit(.negate(target, operand(inner)), range) }
        case .not(let inner): withTemporaries { emit(.not(target, operand(inner)), inner.range) }
        case .binary(let operation, let sign, let left, let right):
            withTemporaries {
                let first = operand(left, before: right, orIn: target)
                compileOperator(operation, range, first, right, into: target, sign)
            }
        case .and(let left, let right): compileShortCircuit(left, right, stopsOn: false, into: target)
        case .or(let left, let right): compileShortCircuit(left, right, stopsOn: true, into: target)
        case .range(let from, let to, let step, let isInclusive):
            compileRange(from, to, step, isInclusive, into: target, range)
        case .formula(_, _, let id): compileFormula(id, into: target, range)
        case .call(let callee, let arguments): compileCall(callee, arguments, into: target, range)
        case .pipe(let left, let right): compilePipe(left, right, into: target, range)
        case .index(let base, let index):
            withTemporaries {
                let base = operand(base, before: index, orIn: target)
                emit(.index(target, base, operand(index)), index.range)
            }
        case .slice(let base, let from, let to): compileSlice(base, from, to, into: target, range)
        case .field(let base, let name):
            withTemporaries {
                emit(.field(target, operand(base, orIn: target), add(name.text, to: \.fieldNames)), name.range)
            }
        case .lambda(let function): compile(function, name: "", into: target)
        case .conditional(let condition, let body, let otherwise):
            compileConditional(condition, body, otherwise, into: target, range)
        case .attempt(let body, let name, let handler): compileAttempt(body, name, handler, into: target, range)
        }
    }

    // MARK: Operands

    /// The register in which an expression's value lies, a temporary when it is no local.
    func operand(_ expression: Expression) -> Register {
        if case .name(let name) = expression.kind, let register = register(of: name) { return register }
        let register = temporaries()
        compile(expression, into: register)
        return register
    }

    /// The same, where `later` is computed before the value is used: a local that `later` may assign is copied.
    /// - Parameter target: serves as the temporary where it is free, so that no stale reference to a list stays behind
    ///   (it would cost a copy when the list's variable is changed).
    func operand(_ expression: Expression, before later: Expression? = nil, orIn target: Register) -> Register {
        let runsBlocks = later?.runsBlocks == true
        if !runsBlocks, case .name(let name) = expression.kind, let register = register(of: name) { return register }
        // A block inside `later` may use the same register for a local of its own.
        let isFree = isTemporary(target) || (target == freshLocal && !runsBlocks)
        let register = isFree ? target : temporaries()
        compile(expression, into: register)
        return register
    }

    /// `left operation right`, with the fast instructions where the right side is a number.
    func compileOperator(
        _ operation: BinaryOperator, _ range: SourceRange, _ left: Register, _ right: Expression,
        into target: Register, _ sign: SourceRange? = nil
    ) {
        if case .number(let number) = right.kind {
            let constant = constant(.number(number))
            switch operation {
            case .add: return emit(.addConstant(target, left, constant), range)
            case .subtract: return emit(.subtractConstant(target, left, constant), range)
            case .multiply: return emit(.multiplyConstant(target, left, constant), range)
            case .divide: return emit(.divideConstant(target, left, constant), range)
            case .remainder: return emit(.remainderConstant(target, left, constant), range)
            default:
                guard let comparison = operation.comparison else { break }
                return emit(.compareConstant(target, left, constant, comparison), range)
            }
        }
        withTemporaries {
            // The left operand may lie in the target, so the right one must not be made there.
            let second = operand(right)
            switch operation {
            case .add: emit(.add(target, left, second), range)
            case .subtract: emit(.subtract(target, left, second), range)
            case .multiply: emit(.multiply(target, left, second), range)
            case .divide: emit(.divide(target, left, second), range)
            case .remainder: emit(.remainder(target, left, second), range)
            default:
                if let comparison = operation.comparison {
                    emit(.compare(target, left, second, comparison), range)
                } else {
                    emit(.operate(target, left, second, operation.code), range)
                }
            }
        }
    }

    private func compileShortCircuit(_ left: Expression, _ right: Expression, stopsOn: Bool, into target: Register) {
        withTemporaries {
            let result = isTemporary(target) ? target : temporaries()
            compile(left, into: result)
            let end = emitJump(left.range) { stopsOn ? .jumpIfTrue($0, result) : .jumpIfFalse($0, result) }
            compile(right, into: result)
            emit(.requireBool(result), right.range)
            land(end)
            if result != target { emit(.take(target, result), right.range) }
        }
    }

    // MARK: Conditions

    /// Compiles a condition that falls through when it holds.
    /// - Returns: the jumps to be taken when it does not.
    func compileCondition(_ condition: Expression) -> [Int] {
        withTemporaries {
            switch condition.kind {
            case .group(let inner): return compileCondition(inner)
            case .and(let left, let right): return compileCondition(left) + compileCondition(right)
            case .binary(let operation, _, let left, let right):
                guard let comparison = operation.comparison else { break }
                let first = operand(left, before: right, orIn: temporaries())
                if case .number(let number) = right.kind {
                    emit(.skipIfConstant(first, constant(.number(number)), comparison), condition.range)
                } else {
                    emit(.skipIf(first, operand(right), comparison), condition.range)
                }
                return [emitJump(condition.range) { .jump($0) }]
            default: break
            }
            let value = operand(condition)
            return [emitJump(condition.range) { .jumpIfFalse($0, value) }]
        }
    }

    func compileConditional(
        _ condition: Expression, _ body: Block, _ otherwise: Block?, into target: Register?, _ range: SourceRange
    ) {
        let exits = compileCondition(condition)
        compile(body, into: target)
        guard otherwise != nil || target != nil else { return exits.forEach(land) }
        let end = emitJump(range) { .jump($0) }
        exits.forEach(land)
        if let otherwise {
            compile(otherwise, into: target)
        } else if let target {
            load(.nothing, into: target, range)
        }
        land(end)
    }

    func compileAttempt(_ body: Block, _ name: Name, _ handler: Block, into target: Register?, _ range: SourceRange) {
        let start = here
        // The value is made aside: a failed body leaves no half-made one behind.
        let result = target.map { _ in temporaries() }
        compile(body, into: result)
        if let target, let result { emit(.take(target, result), body.range) }
        let bodyEnd = here
        let end = emitJump(range) { .jump($0) }
        let caught = register(of: name) ?? temporaries()
        contents.handlers.append(.init(start: start, end: bodyEnd, target: here, register: caught))
        prepareDeclaration(of: name)
        store(caught, to: name)
        compile(handler, into: target)
        land(end)
    }

    // MARK: Calls

    private func compilePipe(_ left: Expression, _ right: Expression, into target: Register, _ range: SourceRange) {
        let first = Argument(kind: .positional, value: left)
        if case .call(let callee, let arguments) = right.kind {
            compileCall(callee, [first] + arguments, into: target, right.range)
        } else {
            compileCall(right, [first], into: target, right.range)
        }
    }

    /// Callee and arguments lie in consecutive registers; the result replaces the callee.
    func compileCall(
        _ callee: Expression, _ arguments: [Argument], into target: Register, _ range: SourceRange
    ) {
        withTemporaries {
            let base = callBase(arguments.count, target)
            let isPositional = arguments.allSatisfy(\.isPositional)
            let global = isPositional ? global(callee) : nil
            if global == nil { compile(callee, into: base) }
            for (index, argument) in arguments.enumerated() {
                compile(argument.value, into: offset(base, index + 1))
            }
            contents.callSites[here] = .init(callee: callee.range, arguments: arguments.map(\.range))
            if let global {
                emit(.callGlobal(base, global, count: narrow(arguments.count)), range)
            } else if isPositional {
                emit(.call(base, count: narrow(arguments.count)), range)
            } else {
                let shape = Chunk.CallShape(arguments: arguments.map(\.shape))
                emit(.callShaped(base, add(shape, to: \.callShapes)), range)
            }
            if base != target { emit(.take(target, base), range) }
        }
    }

    /// The registers of a call: the target and those behind it, where these are free, so that nothing need be moved.
    private func callBase(_ count: Int, _ target: Register) -> Register {
        guard isTopTemporary(target) else { return temporaries(count + 1) }
        _ = temporaries(count)
        return target
    }

    /// The global that a callee names, where it cannot be assigned while the arguments are computed.
    private func global(_ callee: Expression) -> TableIndex? {
        guard case .name(let name) = callee.kind, case .global(let index) = place(name),
            module.globals[name.text]?.isAssignable == false
        else { return nil }
        return narrow(index)
    }

    // MARK: Data

    /// Longer literals are built by appending, so that they do not take a register an element.
    private static var batch: Int { 32 }

    private func compileList(_ elements: [Expression], into target: Register, _ range: SourceRange) {
        let numbers = elements.compactMap(\.literalNumber)
        if numbers.count == elements.count { return load(.numbers(numbers), into: target, range) }
        withTemporaries {
            let head = elements.prefix(Self.batch)
            let first = temporaries(head.count)
            for (index, element) in head.enumerated() { compile(element, into: offset(first, index)) }
            let list = elements.count > head.count ? temporaries() : target
            emit(.makeList(list, first: first, count: narrow(head.count)), range)
            for element in elements.dropFirst(head.count) {
                compile(element, into: first)
                emit(.appendElement(list, first), range)
            }
            if list != target { emit(.take(target, list), range) }
        }
    }

    private func compileRecord(_ fields: [RecordField], into target: Register, _ range: SourceRange) {
        guard let shape = Record.Shape(fields.map(\.name)) else { return }  // The parser reports repeated names.
        withTemporaries {
            let first = temporaries(fields.count)
            for (index, field) in fields.enumerated() { compile(field.value, into: offset(first, index)) }
            emit(.makeRecord(target, first: first, add(shape, to: \.shapes)), range)
        }
    }

    private func compileComprehension(
        _ element: Expression, _ clause: ForClause, _ condition: Expression?, into target: Register,
        _ range: SourceRange
    ) {
        withTemporaries {
            let list = temporaries()
            let value = temporaries()
            emit(.makeList(list, first: list, count: 0), range)
            compileFor(clause, range: range) {
                let exits = condition.map { self.compileCondition($0) } ?? []
                self.compile(element, into: value)
                self.emit(.appendElement(list, value), element.range)
                exits.forEach(self.land)
            }
            emit(.take(target, list), range)
        }
    }

    private func compileRange(
        _ from: Expression, _ to: Expression, _ step: Expression?, _ isInclusive: Bool, into target: Register,
        _ range: SourceRange
    ) {
        withTemporaries {
            let first = temporaries(3)
            compile(from, into: first)
            compile(to, into: offset(first, 1))
            if let step {
                compile(step, into: offset(first, 2))
            } else {
                load(.number(1), into: offset(first, 2), range)
            }
            emit(.makeRange(target, first: first, inclusive: isInclusive), range)
        }
    }

    private func compileSlice(
        _ base: Expression, _ from: Expression?, _ to: Expression?, into target: Register, _ range: SourceRange
    ) {
        withTemporaries {
            let source = temporaries()
            compile(base, into: source)
            let first = temporaries(2)
            for (position, bound) in [from, to].enumerated() {
                if let bound {
                    compile(bound, into: offset(first, position))
                } else {
                    load(.nothing, into: offset(first, position), range)
                }
            }
            emit(.slice(target, source, first: first), range)
        }
    }

    private func compileFormula(_ id: Int, into target: Register, _ range: SourceRange) {
        guard let layout = resolution.formulas[id] else { return }
        let template = Chunk.FormulaTemplate(
            text: tree.source.text(range), left: layout.left.map(compileTerm), right: layout.right.map(compileTerm))
        emit(.makeFormula(target, add(template, to: \.formulas)), range)
    }

    private func compileTerm(_ term: FormulaLayout.Term) -> Chunk.FormulaTemplate.Term {
        let text = tree.source.text(term.expression.range)
        let chunk = compile(term.scope) { compiler in
            compiler.contents.name = text
            compiler.contents.heading = text
            compiler.contents.parameters = term.columns.map { .init(name: $0, hasDefault: false) }
            let result = compiler.temporaries()
            compiler.compile(term.expression, into: result)
            compiler.emit(.returnValue(result), term.expression.range)
        }
        let constant = term.expression.literalNumber.map { term.isSubtracted ? -$0 : $0 }
        return .init(text: text, columns: term.columns, constant: constant, chunk: chunk)
    }
}

extension BinaryOperator {
    /// The comparison that conditions test without making a truth value.
    fileprivate var comparison: Comparison? {
        switch self {
        case .less: .less
        case .lessEqual: .lessEqual
        case .greater: .greater
        case .greaterEqual: .greaterEqual
        case .equal: .equal
        case .notEqual: .notEqual
        default: nil
        }
    }
}

extension Argument {
    var isPositional: Bool {
        if case .positional = kind { return true }
        return false
    }

    fileprivate var shape: Chunk.CallShape.Argument {
        switch kind {
        case .positional: .positional
        case .named(let name, _): .named(name)
        case .spread: .spread
        }
    }
}
