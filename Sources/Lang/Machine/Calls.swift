// Calls: frames of closures, arguments by position, by name and spread, natives with their signatures.

extension Machine {
    /// A positional call of the function in the stack: pushes the closure's frame, or runs the native.
    @inline(__always)
    func call(base: Int, count: Int) throws {
        if case .closure(let closure) = stack[base] {
            try enter(closure, base: base, count: count)
        } else {
            try callNative(base: base, count: count)
        }
    }

    // MARK: Closures

    /// Pushes the frame of a closure whose positional arguments lie behind it in the stack.
    @inline(__always)
    func enter(_ closure: Closure, base: Int, count: Int) throws {
        let entry = UnsafePointer(closure.chunk.entry)
        if entry.pointee.isPlain, count == entry.pointee.parameterCount {
            try push(Frame(entry, base: base, given: ~0))
        } else {
            try enterWithDefaults(closure, base: base, count: count)
        }
    }

    /// The general form: defaults, rest parameters and cells.
    @inline(never)
    private func enterWithDefaults(_ closure: Closure, base: Int, count: Int) throws {
        let chunk = closure.chunk
        let listed = chunk.parameterCount - (chunk.contents.hasRest ? 1 : 0)
        guard count >= chunk.requiredCount, count <= listed || chunk.contents.hasRest else {
            throw wrongCount(chunk, count)
        }
        reserveStack(base + max(chunk.registerCount, count + 1))
        if chunk.contents.hasRest { collectRest(base: base, listed: listed, count: count) }
        let given: UInt64 = count >= 64 ? ~0 : (1 << UInt64(count)) - 1
        try push(Frame(chunk.entry, base: base, given: given, cells: keepCells(of: closure)))
    }

    /// Puts the arguments beyond the listed parameters into a list, the last parameter.
    private func collectRest(base: Int, listed: Int, count: Int) {
        let first = base + 1 + listed
        let rest = count > listed ? (first..<base + 1 + count).map { stack[$0] } : []
        if count > listed { clear(from: first, count: count - listed) }
        stack[first] = .list(rest)
    }

    private func wrongCount(_ chunk: Chunk, _ count: Int) -> Fault {
        let (least, most) = (chunk.requiredCount, chunk.parameterCount)
        let takes: String
        if chunk.contents.hasRest {
            takes = "at least \(least) arguments"
        } else if least == most {
            takes = most == 0 ? "no arguments" : most == 1 ? "one argument" : "\(most) arguments"
        } else {
            takes = "\(least) to \(most) arguments"
        }
        let name = chunk.displayName
        return Fault { RunMessages.wrongArgumentCount($0, name, takes: takes, got: count) }
    }

    // MARK: Named and spread arguments

    /// A call with a shape: gathers the arguments, then enters the closure or runs the native.
    func callShaped(base: Int, _ shape: Chunk.CallShape) throws {
        var positional: [Value] = []
        var named: [(String, Value)] = []
        for (index, argument) in shape.arguments.enumerated() {
            let value = stack[base + 1 + index]
            stack[base + 1 + index] = .nothing
            switch argument {
            case .positional: positional.append(value)
            case .named(let name): named.append((name, value))
            case .spread: try spread(value, &positional, &named)
            }
        }
        switch stack[base] {
        case .closure(let closure): try enter(closure, base: base, positional, named)
        case .native(let native): stack[base] = try call(native, positional, named: named)
        default: throw notAFunction(stack[base])
        }
    }

    /// A list gives positional arguments, a record named ones.
    private func spread(_ value: Value, _ positional: inout [Value], _ named: inout [(String, Value)]) throws {
        switch value {
        case .list(let list): positional += list.values
        case .record(let record): named += record.map { ($0, $1) }
        default:
            let got = value.phrase
            throw Fault { RunMessages.wrongOperand($0, "...", takes: "a list or a record", got: got, help: nil) }
        }
    }

    private func enter(_ closure: Closure, base: Int, _ positional: [Value], _ named: [(String, Value)]) throws {
        let chunk = closure.chunk
        if named.isEmpty {
            reserveStack(base + 1 + positional.count)
            for (index, value) in positional.enumerated() { stack[base + 1 + index] = value }
            return try enter(closure, base: base, count: positional.count)
        }
        let listed = chunk.parameterCount - (chunk.contents.hasRest ? 1 : 0)
        guard positional.count <= listed || chunk.contents.hasRest else {
            throw wrongCount(chunk, positional.count + named.count)
        }
        reserveStack(base + chunk.registerCount)
        var given: UInt64 = 0
        for (index, value) in positional.prefix(listed).enumerated() {
            stack[base + 1 + index] = value
            given |= 1 << UInt64(index)
        }
        for (name, value) in named {
            let index = try position(of: name, in: chunk, listed: listed, given: given)
            stack[base + 1 + index] = value
            given |= 1 << UInt64(index)
        }
        if chunk.contents.hasRest { stack[base + 1 + listed] = .list(Array(positional.dropFirst(listed))) }
        for index in 0..<listed where !chunk.contents.parameters[index].hasDefault && given & (1 << UInt64(index)) == 0
        {
            let (missing, name) = (chunk.contents.parameters[index].name, chunk.displayName)
            throw ArgumentFault(argument: .callee) { NameMessages.missingArgument($0, missing, takes: nil, of: name) }
        }
        try push(Frame(chunk.entry, base: base, given: given, cells: keepCells(of: closure)))
    }

    private func position(of name: String, in chunk: Chunk, listed: Int, given: UInt64) throws -> Int {
        let function = chunk.displayName
        let parameters = chunk.contents.parameters.prefix(listed)
        guard let index = parameters.firstIndex(where: { $0.name == name }) else {
            let known = parameters.map(\.name)
            throw ArgumentFault(argument: .name(name)) {
                NameMessages.unknownParameter($0, name, of: function, known: known)
            }
        }
        guard given & (1 << UInt64(index)) == 0 else {
            throw ArgumentFault(argument: .name(name)) { NameMessages.argumentGivenTwice($0, name, of: function) }
        }
        return index
    }

    // MARK: Natives

    /// A positional call of what is no closure; the result replaces the callee.
    func callNative(base: Int, count: Int) throws {
        let callee = takeResult(at: base)
        guard case .native(let native) = callee else { throw notAFunction(callee) }
        if count == 1, let result = simpleResult(native.signatures[0].body, stack + base + 1) {
            stack[base] = result
            return
        }
        let arguments = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
            let first = stack + base + 1
            buffer.baseAddress?.moveInitialize(from: first, count: count)
            first.initialize(repeating: .nothing, count: count)
            filled = count
        }
        let result = try call(native, arguments, named: [])
        stack[base] = result
    }

    /// The functions of one number or one string need no argument list.
    @inline(__always)
    private func simpleResult(_ body: Signature.Body, _ argument: UnsafeMutablePointer<Value>) -> Value? {
        switch (body, argument.pointee) {
        case (.elementwise(let function), .number(let number)): return .number(function(number))
        case (.textual(let function), .string(let box)):
            argument.pointee = .nothing
            return .string(function(box.text))
        default: return nil
        }
    }

    func notAFunction(_ value: Value) -> Fault {
        let got = value.phrase
        return Fault { RunMessages.notAFunction($0, got: got) }
    }
}

extension Chunk {
    /// How messages call the function.
    var displayName: String { name.isEmpty ? "the function" : name }
}
