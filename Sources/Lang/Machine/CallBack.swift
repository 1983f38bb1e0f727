// Calls from natives back into tx. `map` and `sort` call their function for every element, so what can be done once is
// done once (`Callback`), and a call makes no array of arguments.

/// A function that a native calls again and again.
public struct Callback {
    let machine: Machine
    let function: Value
    /// The code of a closure that takes just its arguments and captures nothing: called without touching references.
    let entry: UnsafePointer<Chunk.Entry>?

    init(_ function: Value, machine: Machine) {
        self.machine = machine
        self.function = function
        if case .closure(let closure) = function, closure.captures.isEmpty, closure.chunk.entry.pointee.isPlain {
            entry = UnsafePointer(closure.chunk.entry)
        } else {
            entry = nil
        }
    }

    /// - Throws: what the function throws; let it pass.
    public func callAsFunction(_ argument: Value) throws -> Value {
        try machine.beginCallBack()
        let base = machine.stackTop
        machine.reserveStack(base + 2)
        machine.stack[base + 1] = argument
        return try machine.run(self, base: base, count: 1)
    }

    /// - Throws: what the function throws; let it pass.
    public func callAsFunction(_ first: Value, _ second: Value) throws -> Value {
        try machine.beginCallBack()
        let base = machine.stackTop
        machine.reserveStack(base + 3)
        machine.stack[base + 1] = first
        machine.stack[base + 2] = second
        return try machine.run(self, base: base, count: 2)
    }
}

extension Machine {
    func invoke(_ function: Value, _ arguments: [Value]) throws -> Value {
        try beginCallBack()
        let base = stackTop
        reserveStack(base + arguments.count + 1)
        for (index, argument) in arguments.enumerated() { stack[base + 1 + index] = argument }
        return try run(Callback(function, machine: self), base: base, count: arguments.count)
    }

    /// Looks for interruption now and then, and for room on the thread's stack.
    @inline(__always)
    fileprivate func beginCallBack() throws {
        callsBack += 1
        if callsBack >= Machine.patience {
            callsBack = 0
            try checkInterruption()
        }
        guard stackGuard.hasRoom else { throw depthFault(frameCount) }
    }

    /// Runs a call whose arguments lie behind `base`, above all frames.
    fileprivate func run(_ callback: Callback, base: Int, count: Int) throws -> Value {
        let floor = frameCount
        do {
            if let entry = callback.entry, entry.pointee.parameterCount == count {
                try push(Frame(entry, base: base, given: ~0))
            } else if case .closure(let closure) = callback.function {
                stack[base] = callback.function
                try enter(closure, base: base, count: count)
            } else {
                return try callNative(callback.function, base: base, count: count)
            }
            try execute(above: floor)
        } catch {
            clear(from: base, count: count + 1)
            throw error
        }
        return takeResult(at: base)
    }

    private func callNative(_ function: Value, base: Int, count: Int) throws -> Value {
        let arguments = (0..<count).map { stack[base + 1 + $0] }
        clear(from: base, count: count + 1)
        guard case .native(let native) = function else { throw notAFunction(function) }
        return try callBack(native, arguments)
    }
}
