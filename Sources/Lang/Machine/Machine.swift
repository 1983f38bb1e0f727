// The loop that runs compiled code. Registers of all frames lie in one stack of values, a callee's registers begin
// where its caller put callee and arguments, and calls among tx functions do not recurse in Swift. A native that calls
// back (`map`) enters the loop anew; `StackGuard` bounds that.
//
// Invariant: every register of the stack holds an initialised value; registers above the current frame hold `none`, so
// that no stale reference makes a list look shared.

/// Runs chunks.
final class Machine {
    let limits: Limits
    let output: (String) -> Void
    var displayWidth = 80
    /// Receives the values of top-level expressions.
    var onDisplay: (Value) -> Void = { _ in }

    var stack: UnsafeMutablePointer<Value>
    var stackCapacity = 1 << 12
    var frames: UnsafeMutablePointer<Frame>
    private var frameCapacity = 64
    var frameCount = 0
    var stackGuard = StackGuard()
    /// Calls from natives since the last look for interruption.
    var callsBack = 0

    /// Loop back-edges and calls between two looks for interruption: some microseconds.
    static let patience = 4096

    init(limits: Limits, output: @escaping (String) -> Void) {
        self.limits = limits
        self.output = output
        stack = .allocate(capacity: stackCapacity)
        stack.initialize(repeating: .nothing, count: stackCapacity)
        frames = .allocate(capacity: frameCapacity)
    }

    deinit {
        stack.deinitialize(count: stackCapacity)
        stack.deallocate()
        frames.deinitialize(count: frameCount)
        frames.deallocate()
    }

    // MARK: Stack

    /// The first register above all frames.
    var stackTop: Int {
        frameCount == 0 ? 0 : frames[frameCount - 1].base + frames[frameCount - 1].registerCount
    }

    func reserveStack(_ count: Int) {
        guard count > stackCapacity else { return }
        let capacity = max(count, stackCapacity * 2)
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        grown.moveInitialize(from: stack, count: stackCapacity)
        (grown + stackCapacity).initialize(repeating: .nothing, count: capacity - stackCapacity)
        stack.deallocate()
        stack = grown
        stackCapacity = capacity
    }

    @inline(__always)
    func push(_ frame: Frame) throws {
        guard frameCount < limits.callDepth else { throw depthFault(frameCount) }
        if frameCount == frameCapacity { growFrames() }
        if frame.base + frame.registerCount > stackCapacity { reserveStack(frame.base + frame.registerCount) }
        (frames + frameCount).initialize(to: frame)
        frameCount += 1
    }

    private func growFrames() {
        let grown = UnsafeMutablePointer<Frame>.allocate(capacity: frameCapacity * 2)
        grown.moveInitialize(from: frames, count: frameCount)
        frames.deallocate()
        frames = grown
        frameCapacity *= 2
    }

    func depthFault(_ depth: Int) -> Fault { Fault { RunMessages.callDepthExceeded($0, calls: depth) } }

    /// Removes the top frame; the result stays in its register 0.
    func popFrame(result: consuming Value) {
        frameCount -= 1
        let frame = (frames + frameCount).move()
        let registers = stack + frame.base
        registers[0] = result
        for index in 1..<max(frame.registerCount, 1) {
            // Most registers hold numbers, which need no release.
            switch registers[index] {
            case .nothing: break
            case .number, .bool: (registers + index).initialize(to: .nothing)
            default: registers[index] = .nothing
            }
        }
    }

    // MARK: Running

    /// Runs a file's top level.
    func run(_ chunk: Chunk) throws -> Value {
        let base = stackTop
        reserveStack(base + chunk.registerCount)
        stack[base] = .closure(Closure(chunk: chunk, captures: [], cells: []))
        let floor = frameCount
        try push(Frame(chunk, base: base, given: 0, cells: Frame.freshCells(chunk.contents.cellCount)))
        try execute(above: floor)
        return takeResult(at: base)
    }

    /// Calls a function from a native.
    func invoke(_ function: Value, _ arguments: [Value]) throws -> Value {
        callsBack += 1
        if callsBack >= Machine.patience {
            callsBack = 0
            if limits.isInterrupted() { throw Interruption() }
        }
        guard stackGuard.hasRoom else { throw depthFault(frameCount) }
        switch function {
        case .closure(let closure):
            let base = stackTop
            reserveStack(base + arguments.count + 1)
            stack[base] = function
            for (index, argument) in arguments.enumerated() { stack[base + 1 + index] = argument }
            let floor = frameCount
            do {
                try enter(closure, base: base, count: arguments.count)
                try execute(above: floor)
            } catch {
                clear(from: base, count: arguments.count + 1)
                throw error
            }
            return takeResult(at: base)
        case .native(let native):
            return try callBack(native, arguments)
        default:
            let got = function.phrase
            throw Fault { RunMessages.notAFunction($0, got: got) }
        }
    }

    private func takeResult(at base: Int) -> Value {
        let result = stack[base]
        stack[base] = .nothing
        return result
    }

    func clear(from base: Int, count: Int) {
        for index in base..<base + count { stack[index] = .nothing }
    }

    // MARK: The loop

    /// Looks for interruption now and then.
    @inline(__always)
    private func tick(_ budget: inout Int) throws {
        budget -= 1
        if budget <= 0 {
            budget = Machine.patience
            if limits.isInterrupted() { throw Interruption() }
        }
    }

    /// Runs the top frame until only `floor` frames are left.
    private func execute(above floor: Int) throws {
        var budget = Machine.patience
        while true {
            let top = frames + (frameCount - 1)
            var code = UnsafePointer(top.pointee.chunk.code)
            var constants = UnsafePointer(top.pointee.chunk.constants)
            var registers = stack + top.pointee.base
            var globals = top.pointee.chunk.module.values
            var pc = top.pointee.pc
            do {
                while true {
                    let instruction = code[pc]
                    pc += 1
                    switch instruction {
                    case .loadConstant(let target, let index): registers[Int(target)] = constants[Int(index)]
                    case .move(let target, let source): registers[Int(target)] = registers[Int(source)]
                    case .take(let target, let source):
                        registers[Int(target)] = registers[Int(source)]
                        registers[Int(source)] = .nothing
                    case .loadGlobal(let target, let index):
                        guard let value = globals[Int(index)] else { throw noValue(global: Int(index)) }
                        registers[Int(target)] = value
                    case .storeGlobal(let index, let source): globals[Int(index)] = registers[Int(source)]
                    case .loadCapture(let target, let index):
                        guard case .closure(let closure) = registers[0] else { break }
                        registers[Int(target)] = closure.captures[Int(index)]
                    case .loadCell(let target, let index):
                        guard let value = frames[frameCount - 1].cells[Int(index)].value else {
                            throw noValue(at: pc - 1)
                        }
                        registers[Int(target)] = value
                    case .storeCell(let index, let source):
                        frames[frameCount - 1].cells[Int(index)].value = registers[Int(source)]
                    case .makeCell(let index): frames[frameCount - 1].cells[Int(index)] = Cell()

                    case .add(let target, let left, let right):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = registers[Int(right)] {
                            registers[Int(target)] = .number(a + b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .add, registers[Int(left)], registers[Int(right)])
                        }
                    case .subtract(let target, let left, let right):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = registers[Int(right)] {
                            registers[Int(target)] = .number(a - b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .subtract, registers[Int(left)], registers[Int(right)])
                        }
                    case .multiply(let target, let left, let right):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = registers[Int(right)] {
                            registers[Int(target)] = .number(a * b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .multiply, registers[Int(left)], registers[Int(right)])
                        }
                    case .divide(let target, let left, let right):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = registers[Int(right)] {
                            registers[Int(target)] = .number(a / b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .divide, registers[Int(left)], registers[Int(right)])
                        }
                    case .addConstant(let target, let left, let index):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = constants[Int(index)] {
                            registers[Int(target)] = .number(a + b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .add, registers[Int(left)], constants[Int(index)])
                        }
                    case .subtractConstant(let target, let left, let index):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = constants[Int(index)] {
                            registers[Int(target)] = .number(a - b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .subtract, registers[Int(left)], constants[Int(index)])
                        }
                    case .multiplyConstant(let target, let left, let index):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = constants[Int(index)] {
                            registers[Int(target)] = .number(a * b)
                        } else {
                            registers[Int(target)] = try Broadcast.operate(
                                .multiply, registers[Int(left)], constants[Int(index)])
                        }
                    case .operate(let target, let left, let right, let operation):
                        try operate(operation, registers, target, left, right)
                    case .negate(let target, let source):
                        registers[Int(target)] = try Broadcast.negate(registers[Int(source)])
                    case .not(let target, let source):
                        guard case .bool(let bool) = registers[Int(source)] else {
                            throw notBool(registers[Int(source)])
                        }
                        registers[Int(target)] = .bool(!bool)
                    case .requireBool(let source):
                        guard case .bool = registers[Int(source)] else { throw notBool(registers[Int(source)]) }

                    case .jump(let target): pc = Int(target)
                    case .jumpIfFalse(let target, let source):
                        guard case .bool(let bool) = registers[Int(source)] else {
                            throw notBool(registers[Int(source)])
                        }
                        if !bool { pc = Int(target) }
                    case .jumpIfTrue(let target, let source):
                        guard case .bool(let bool) = registers[Int(source)] else {
                            throw notBool(registers[Int(source)])
                        }
                        if bool { pc = Int(target) }
                    case .skipIf(let left, let right, let comparison):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = registers[Int(right)] {
                            if comparison.holds(a, b) { pc += 1 }
                        } else if try comparison.holds(registers[Int(left)], registers[Int(right)]) {
                            pc += 1
                        }
                    case .skipIfConstant(let left, let index, let comparison):
                        if case .number(let a) = registers[Int(left)], case .number(let b) = constants[Int(index)] {
                            if comparison.holds(a, b) { pc += 1 }
                        } else if try comparison.holds(registers[Int(left)], constants[Int(index)]) {
                            pc += 1
                        }
                    case .loop(let target):
                        pc = Int(target)
                        try tick(&budget)
                    case .jumpIfGiven(let target, let parameter):
                        if frames[frameCount - 1].given & (1 << UInt64(parameter)) != 0 { pc = Int(target) }

                    case .startRange(let first, let isInclusive):
                        try Iteration.startRange(registers + Int(first), isInclusive: isInclusive)
                    case .nextNumber(let target, let first):
                        let state = registers + Int(first)
                        if case .number(let start) = state[1], case .number(let step) = state[2],
                            case .number(let count) = state[3], case .number(let done) = state[4], done < count
                        {
                            state[0] = .number(start + done * step)
                            state[4] = .number(done + 1)
                            pc = Int(target)
                            try tick(&budget)
                        }
                    case .startIteration(let first): try Iteration.start(registers + Int(first))
                    case .nextElement(let target, let first):
                        if try Iteration.next(registers + Int(first)) {
                            pc = Int(target)
                            try tick(&budget)
                        }
                    case .nextPair(let target, let first):
                        if try Iteration.nextPair(registers + Int(first)) {
                            pc = Int(target)
                            try tick(&budget)
                        }

                    case .call(let first, let count):
                        frames[frameCount - 1].pc = pc
                        try tick(&budget)
                        let base = frames[frameCount - 1].base + Int(first)
                        if case .closure(let closure) = registers[Int(first)] {
                            try enter(closure, base: base, count: Int(count))
                            let top = frames + (frameCount - 1)
                            code = UnsafePointer(top.pointee.chunk.code)
                            constants = UnsafePointer(top.pointee.chunk.constants)
                            globals = top.pointee.chunk.module.values
                            registers = stack + base
                            pc = 0
                        } else {
                            try callNative(base: base, count: Int(count))
                            registers = stack + frames[frameCount - 1].base
                        }
                    case .callShaped(let first, let shape):
                        frames[frameCount - 1].pc = pc
                        let frame = frames[frameCount - 1]
                        try callShaped(base: frame.base + Int(first), frame.chunk.contents.callShapes[Int(shape)])
                        let top = frames + (frameCount - 1)
                        code = UnsafePointer(top.pointee.chunk.code)
                        constants = UnsafePointer(top.pointee.chunk.constants)
                        globals = top.pointee.chunk.module.values
                        registers = stack + top.pointee.base
                        pc = top.pointee.pc
                    case .returnValue(let source):
                        popFrame(result: registers[Int(source)])
                        if frameCount == floor { return }
                        let top = frames + (frameCount - 1)
                        code = UnsafePointer(top.pointee.chunk.code)
                        constants = UnsafePointer(top.pointee.chunk.constants)
                        globals = top.pointee.chunk.module.values
                        registers = stack + top.pointee.base
                        pc = top.pointee.pc

                    case .index(let target, let base, let index):
                        registers[Int(target)] = try Indexing.element(
                            of: registers[Int(base)], at: registers[Int(index)])
                    default:
                        frames[frameCount - 1].pc = pc
                        try executeRare(instruction)
                        registers = stack + frames[frameCount - 1].base
                    }
                }
            } catch {
                frames[frameCount - 1].pc = pc
                try handle(error, floor: floor)
            }
        }
    }
}
