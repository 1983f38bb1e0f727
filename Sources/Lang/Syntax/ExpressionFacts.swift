// What the compiler wants to know about an expression without compiling it.

extension Expression {
    /// The number that a literal, negated or not, stands for.
    var literalNumber: Double? {
        switch kind {
        case .number(let number): number
        case .negate(let inner): inner.literalNumber.map { -$0 }
        default: nil
        }
    }

    /// The right side of a formula without a `- 1` at its end, which takes the intercept out; nil for other expressions.
    var withoutIntercept: Expression? {
        guard case .binary(.subtract, _, let left, let right) = kind, right.literalNumber == 1 else { return nil }
        return left
    }

    /// Whether computing the expression may write a local's register: blocks and comprehensions inside it can.
    var runsBlocks: Bool {
        switch kind {
        case .conditional, .attempt, .comprehension: true
        default: children.contains(where: \.runsBlocks)
        }
    }

    /// Whether computing the expression may run code elsewhere, which may change any variable.
    var runsCode: Bool {
        switch kind {
        case .conditional, .attempt, .comprehension, .call, .pipe: true
        default: children.contains(where: \.runsCode)
        }
    }

    /// The expressions directly inside that are computed along with this one; a function's body is not.
    private var children: [Expression] {
        switch kind {
        case .missing, .nothing, .bool, .number, .name, .lambda, .formula: []
        case .string(let parts):
            parts.compactMap { if case .interpolation(let value, _) = $0 { value } else { nil } }
        case .list(let elements): elements
        case .comprehension(let element, let clause, let condition):
            [element, clause.sequence] + (condition.map { [$0] } ?? [])
        case .record(let fields): fields.map(\.value)
        case .group(let inner), .negate(let inner), .not(let inner), .field(let inner, _): [inner]
        case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right),
            .index(let left, let right), .pipe(let left, let right):
            [left, right]
        case .range(let from, let to, let step, _): [from, to] + (step.map { [$0] } ?? [])
        case .slice(let base, let from, let to): [base] + [from, to].compactMap { $0 }
        case .call(let callee, let arguments): [callee] + arguments.map(\.value)
        case .conditional(let condition, _, _): [condition]
        case .attempt: []
        }
    }
}
