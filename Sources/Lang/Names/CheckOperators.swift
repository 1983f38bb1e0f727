// Operators on values that they never take. Where both operands are literals the operator itself is asked; otherwise an
// operand of a kind that fails with anything decides. The messages are those of the run.

extension CheckExpressions {
    // MARK: Operators

    func checkOperator(_ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ range: SourceRange) {
        guard !expectsFailure else { return }
        let operands = [left, right].map { (range: $0.range, known: names.known($0)) }
        let wrong = operation.operands.flatMap { kind in operands.first { !$0.known.mayBe(kind) } }
        if case (.value(let first), .value(let second)) = (operands[0].known, operands[1].known) {
            checkLiterals(operation, first, second, at: wrong?.range ?? range)
        } else if let wrong {
            reportOperand(wrong.known, of: operation, at: wrong.range)
        }
    }

    private func checkLiterals(_ operation: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange) {
        guard left.isQuicklyOperatedOn, right.isQuicklyOperatedOn else { return }
        do {
            _ = try Broadcast.operate(operation, left, right)
        } catch let fault as Fault {
            report(range, fault.message)
        } catch {
            // What is no fault of the operands shows in the run.
        }
    }

    func checkNegation(_ operand: Expression) {
        let known = names.known(operand)
        guard !expectsFailure, let kind = BinaryOperator.subtract.operands, !known.mayBe(kind) else { return }
        reportOperand(known, of: .subtract, at: operand.range)
    }

    private func reportOperand(_ known: Known, of operation: BinaryOperator, at range: SourceRange) {
        let help = operation == .add && known.isText ? Broadcast.joinHelp : nil
        report(range) { place in
            RunMessages.wrongOperand(
                place, operation.rawValue, takes: operation.takes, got: known.phrase(for: .any), help: help)
        }
    }

    // MARK: Places that take one kind

    func checkCondition(_ condition: Expression) {
        let known = names.known(condition)
        guard !expectsFailure, !known.mayBe(.bool) else { return }
        report(condition.range) { RunMessages.notATruthValue($0, got: known.phrase(for: .bool)) }
    }

    func checkSequence(_ sequence: Expression) {
        let known = names.known(sequence)
        guard !expectsFailure, !known.mayBeCollection else { return }
        report(sequence.range) { RunMessages.notACollection($0, got: known.phrase(for: .any)) }
    }

    /// What an index or a slice is taken of.
    func checkBase(_ base: Expression) {
        let known = names.known(base)
        guard !expectsFailure, !known.mayBeCollection else { return }
        report(base.range) { RunMessages.notIndexable($0, got: known.phrase(for: .any)) }
    }
}

extension BinaryOperator {
    /// What each operand must be; nil where it depends on the other, or anything will do.
    fileprivate var operands: ParameterKind? {
        switch self {
        case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power: .oneOf([.number(), .list()])
        case .concat: .oneOf([.list(), .string])
        case .less, .lessEqual, .greater, .greaterEqual: .oneOf([.number(), .string])
        case .equal, .notEqual, .contains, .excludes: nil
        }
    }

    fileprivate var takes: String {
        switch self {
        case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power: "numbers and lists of numbers"
        case .concat: "two lists or two strings"
        case .less, .lessEqual, .greater, .greaterEqual: "two numbers or two strings"
        case .equal, .notEqual, .contains, .excludes: "any value"
        }
    }
}

extension Known {
    fileprivate var isText: Bool { !mayBe(.oneOf([.number(), .list()])) && mayBe(.string) }

    /// Some foreign values have elements; which ones, only the run knows.
    fileprivate var mayBeCollection: Bool {
        if case .kind(let kind) = self, kind.admitsForeign { return true }
        return mayBe(.oneOf([.list(), .string, .record]))
    }
}

extension Value {
    /// A literal of thousands of elements may be used in thousands of places: the run looks at it once.
    fileprivate var isQuicklyOperatedOn: Bool { asList.map { $0.count <= 1000 } ?? true }
}
