// `x = append(x, …)` and `x = x |> append(…)`: the way to build a list in a loop. The list grows in place when nobody
// else holds it, so that n appends take O(n); anything but a list takes the ordinary call.

extension Compiler {
    /// - Returns: false when the assignment of the value to the name is nothing of the kind.
    func compileAppending(_ value: Expression, onto name: Name) -> Bool {
        guard let (call, arguments) = appending(value, onto: name) else { return false }
        withTemporaries {
            // The list as it was before the values are computed, which may change the variable.
            let callee = temporaries(arguments.count + 1)
            let list = offset(callee, 1)
            for (index, argument) in arguments.enumerated() {
                compile(argument.value, into: offset(list, index))
            }
            let count = narrow(arguments.count - 1)
            switch place(name) {
            case .local(let slot): emit(.appendOnto(narrow(slot), first: list, count: count), value.range)
            case .global(let index): emit(.appendOntoGlobal(narrow(index), first: list, count: count), value.range)
            default: break
            }
            let end = emitJump(value.range) { .jump($0) }
            compile(call.callee, into: callee)
            contents.callSites[here] = .init(callee: call.callee.range, arguments: arguments.map(\.range))
            emit(.call(callee, count: narrow(arguments.count)), call.range)
            store(callee, to: name)
            land(end)
        }
        return true
    }

    /// The call in `append(name, …)` or `name |> append(…)` with all its arguments; nil for anything else.
    private func appending(
        _ value: Expression, onto name: Name
    ) -> (call: (callee: Expression, range: SourceRange), arguments: [Argument])? {
        var (call, piped): (Expression, [Argument]) = (value, [])
        if case .pipe(let left, let right) = value.kind {
            (call, piped) = (right, [Argument(kind: .positional, value: left)])
        }
        guard case .call(let callee, let written) = call.kind, case .name(let function) = callee.kind,
            function.text == "append", case .builtin = place(function)
        else { return nil }
        let arguments = piped + written
        guard arguments.count > 1, arguments.allSatisfy(\.isPositional),
            case .name(let list) = arguments[0].value.kind, list.text == name.text, place(list) == place(name)
        else { return nil }
        switch place(name) {
        case .local, .global: return ((callee, call.range), arguments)
        default: return nil
        }
    }
}
