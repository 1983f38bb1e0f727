// What the layout of an expression depends on, besides its width.

extension Expression {
    /// The level of an infix operator whose chains are broken at each operand.
    var chainLevel: Binding.Level? {
        switch kind {
        case .binary(.power, _, _, _): nil
        case .binary(.excludes, _, _, _): .compare
        case .binary(let operation, _, _, _): TokenKind(rawValue: operation.rawValue)?.binding?.level
        case .and: .and
        case .or: .or
        case .formula: .formula
        default: nil
        }
    }

    /// Both sides of such an operator.
    var operands: (left: Expression, right: Expression)? {
        switch kind {
        case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right),
            .formula(let left, let right, _):
            (left, right)
        default: nil
        }
    }

    var isChain: Bool { chainLevel != nil }

    /// What a call, an index or a field belongs to.
    var postfixBase: Expression? {
        switch kind {
        case .call(let base, _), .index(let base, _), .slice(let base, _, _), .field(let base, _): base
        default: nil
        }
    }

    var isLiteralBracket: Bool {
        switch kind {
        case .list, .record, .comprehension: true
        default: false
        }
    }

    var isString: Bool {
        if case .string = kind { return true }
        return false
    }

    /// A function with a body in braces.
    var isBlockFunction: Bool {
        if case .lambda(let function) = kind { return function.expressionBody == nil }
        return false
    }

    /// Whether it begins on the line of the bracket around it and goes on below: `f([`, `f(g(`, `f(x => {`.
    var isHuggable: Bool {
        switch kind {
        case .list, .record, .comprehension, .call, .conditional, .attempt: true
        case .lambda(let function): function.expressionBody?.isHuggable ?? true
        default: false
        }
    }
}
