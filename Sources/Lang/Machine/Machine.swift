// The loop that runs compiled code. Registers of all frames lie in one stack of values, a callee's registers begin
// where its caller put callee and arguments, and calls among tx functions do not recurse in Swift. A native that calls
// back (`map`) enters the loop anew; `StackGuard` bounds that.
//
// Invariant: every register of the stack holds an initialised value; registers above the current frame hold no
// reference, so that no stale one makes a list look shared.

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
    var frameCapacity = 64
    var frameCount = 0
    /// The cells of the frames that have some (`Frame.cells`).
    var cells: [[Cell]] = []
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
        frames.deallocate()
    }

    /// Runs a file's top level.
    func run(_ chunk: Chunk) throws -> Value {
        let base = stackTop
        reserveStack(base + chunk.registerCount)
        let closure = Closure(chunk: chunk, captures: [], cells: [])
        stack[base] = .closure(closure)
        let floor = frameCount
        try push(Frame(chunk.entry, base: base, given: 0, cells: keepCells(of: closure)))
        try execute(above: floor)
        return takeResult(at: base)
    }

    // MARK: The loop

    /// Looks for interruption now and then.
    @inline(__always)
    private func tick(_ budget: inout Int) throws {
        budget -= 1
        if budget <= 0 {
            budget = Machine.patience
            try checkInterruption()
        }
    }

    /// Looks for interruption, after work that may have been long.
    func checkInterruption() throws { if limits.isInterrupted() { throw Interruption() } }

    /// What the loop needs of the top frame.
    @inline(__always)
    private func resume() -> (
        code: UnsafePointer<Instruction>, constants: UnsafePointer<Value>, registers: UnsafeMutablePointer<Value>,
        globals: UnsafeMutablePointer<Module.Slot>, pc: Int
    ) {
        let top = frames + (frameCount - 1)
        let entry = top.pointee.entry
        return (
            entry.pointee.code, entry.pointee.constants, stack + top.pointee.base, entry.pointee.module.slots,
            top.pointee.pc
        )
    }

    /// An operator with a fast form for two numbers.
    @inline(__always)
    private func arithmetic(
        _ operation: BinaryOperator, _ target: UnsafeMutablePointer<Value>, _ left: UnsafeMutablePointer<Value>,
        _ right: UnsafePointer<Value>, _ compute: (Double, Double) -> Double
    ) throws {
        if case .number(let a) = left.pointee, case .number(let b) = right.pointee {
            target.set(compute(a, b))
        } else {
            target.pointee = try Broadcast.operate(operation, left.pointee, right.pointee)
            try checkInterruption()
        }
    }

    @inline(__always)
    private func holds(
        _ comparison: Comparison, _ left: UnsafeMutablePointer<Value>, _ right: UnsafePointer<Value>
    ) throws -> Bool {
        if case .number(let a) = left.pointee, case .number(let b) = right.pointee { return comparison.holds(a, b) }
        try checkInterruption()
        return try comparison.holds(left.pointee, right.pointee)
    }

    @inline(__always)
    private func truth(of value: UnsafeMutablePointer<Value>) throws -> Bool {
        guard case .bool(let bool) = value.pointee else { throw notBool(value.pointee) }
        return bool
    }

    /// Where a jump goes; the loop takes the jump behind a comparison along with it.
    @inline(__always)
    private func jumpTarget(_ instruction: Instruction) -> Int {
        if case .jump(let target) = instruction { return Int(target) }
        preconditionFailure("the compiler emits a jump behind a comparison")
    }

    /// Runs the top frame until only `floor` frames are left.
    func execute(above floor: Int) throws {
        var budget = Machine.patience
        while true {
            var (code, constants, registers, globals, pc) = resume()
            do {
                while true {
                    let instruction = code[pc]
                    pc &+= 1
                    switch instruction {
                    case .loadConstant(let target, let index): registers[Int(target)] = constants[Int(index)]
                    case .move(let target, let source): registers[Int(target)] = registers[Int(source)]
                    case .take(let target, let source): (registers + Int(target)).take(registers + Int(source))
                    case .loadGlobal(let target, let index):
                        guard let value = globals[Int(index)].value else { throw noValue(global: Int(index)) }
                        registers[Int(target)] = value
                    case .storeGlobal(let index, let source):
                        frames[frameCount - 1].chunk.module.store(registers[Int(source)], at: Int(index))
                    case .loadCapture(let target, let index):
                        guard case .closure(let closure) = registers[0] else { break }
                        registers[Int(target)] = closure.captures[Int(index)]
                    case .loadCell(let target, let index):
                        guard let value = cells[frames[frameCount - 1].cells][Int(index)].value else {
                            throw noValue(at: pc - 1)
                        }
                        registers[Int(target)] = value
                    case .storeCell(let index, let source):
                        cells[frames[frameCount - 1].cells][Int(index)].value = registers[Int(source)]

                    case .add(let target, let left, let right):
                        try arithmetic(.add, registers + target, registers + left, registers + right, +)
                    case .subtract(let target, let left, let right):
                        try arithmetic(.subtract, registers + target, registers + left, registers + right, -)
                    case .multiply(let target, let left, let right):
                        try arithmetic(.multiply, registers + target, registers + left, registers + right, *)
                    case .divide(let target, let left, let right):
                        try arithmetic(.divide, registers + target, registers + left, registers + right, /)
                    case .remainder(let target, let left, let right):
                        try arithmetic(
                            .remainder, registers + target, registers + left, registers + right, Arithmetic.remainder)
                    case .addConstant(let target, let left, let index):
                        try arithmetic(.add, registers + target, registers + left, constants + index, +)
                    case .subtractConstant(let target, let left, let index):
                        try arithmetic(.subtract, registers + target, registers + left, constants + index, -)
                    case .multiplyConstant(let target, let left, let index):
                        try arithmetic(.multiply, registers + target, registers + left, constants + index, *)
                    case .divideConstant(let target, let left, let index):
                        try arithmetic(.divide, registers + target, registers + left, constants + index, /)
                    case .remainderConstant(let target, let left, let index):
                        try arithmetic(
                            .remainder, registers + target, registers + left, constants + index, Arithmetic.remainder)
                    case .compare(let target, let left, let right, let comparison):
                        (registers + target).set(try holds(comparison, registers + left, registers + right))
                    case .compareConstant(let target, let left, let index, let comparison):
                        (registers + target).set(try holds(comparison, registers + left, constants + index))
                    case .operate(let target, let left, let right, let operation):
                        try operate(BinaryOperator(code: operation), registers, target, left, right)
                    case .negate(let target, let source):
                        registers[Int(target)] = try Broadcast.negate(registers[Int(source)])
                    case .not(let target, let source):
                        (registers + target).set(try !truth(of: registers + source))
                    case .requireBool(let source): _ = try truth(of: registers + source)

                    case .jump(let target): pc = Int(target)
                    case .jumpIfFalse(let target, let source):
                        if try !truth(of: registers + source) { pc = Int(target) }
                    case .jumpIfTrue(let target, let source):
                        if try truth(of: registers + source) { pc = Int(target) }
                    case .skipIf(let left, let right, let comparison):
                        pc = try holds(comparison, registers + left, registers + right) ? pc &+ 1 : jumpTarget(code[pc])
                    case .skipIfConstant(let left, let index, let comparison):
                        pc = try holds(comparison, registers + left, constants + index) ? pc &+ 1 : jumpTarget(code[pc])
                    case .loop(let target):
                        pc = Int(target)
                        try tick(&budget)
                    case .jumpIfGiven(let target, let parameter):
                        if frames[frameCount - 1].given & (1 << UInt64(parameter)) != 0 { pc = Int(target) }

                    case .startRange(let first, let isInclusive):
                        try Iteration.startRange(registers + first, isInclusive: isInclusive)
                    case .nextNumber(let target, let first):
                        if Iteration.nextNumber(registers + first) {
                            pc = Int(target)
                            try tick(&budget)
                        }
                    case .startIteration(let first): try Iteration.start(registers + first)
                    case .nextElement(let target, let first):
                        if try Iteration.next(registers + first) {
                            pc = Int(target)
                            try tick(&budget)
                        }
                    case .nextPair(let target, let first):
                        if try Iteration.nextPair(registers + first) {
                            pc = Int(target)
                            try tick(&budget)
                        }

                    case .callGlobal(let first, let index, let count):
                        frames[frameCount - 1].pc = pc
                        try tick(&budget)
                        let base = frames[frameCount - 1].base + Int(first)
                        if let entry = globals[Int(index)].entry, entry.pointee.parameterCount == Int(count) {
                            try push(Frame(entry, base: base, given: ~0))
                        } else {
                            guard let callee = globals[Int(index)].value else { throw noValue(global: Int(index)) }
                            registers[Int(first)] = callee
                            try call(base: base, count: Int(count))
                        }
                        (code, constants, registers, globals, pc) = resume()
                    case .call(let first, let count):
                        frames[frameCount - 1].pc = pc
                        try tick(&budget)
                        try call(base: frames[frameCount - 1].base + Int(first), count: Int(count))
                        (code, constants, registers, globals, pc) = resume()
                    case .callShaped(let first, let shape):
                        frames[frameCount - 1].pc = pc
                        let frame = frames[frameCount - 1]
                        try callShaped(base: frame.base + Int(first), frame.chunk.contents.callShapes[Int(shape)])
                        (code, constants, registers, globals, pc) = resume()
                    case .returnValue(let source):
                        leave(returning: Int(source))
                        if frameCount == floor { return }
                        (code, constants, registers, globals, pc) = resume()

                    case .index(let target, let base, let index):
                        if case .list(let list) = registers[Int(base)],
                            case .number(let number) = registers[Int(index)], let element = list.number(at: number)
                        {
                            (registers + target).set(element)
                        } else {
                            registers[Int(target)] = try Indexing.element(
                                of: registers[Int(base)], at: registers[Int(index)])
                        }
                    case .field(let target, let base, let name):
                        registers[Int(target)] = try Indexing.field(
                            frames[frameCount - 1].chunk.contents.fieldNames[Int(name)], of: registers[Int(base)])
                    case .appendElement(let target, let source):
                        Joining.append(registers[Int(source)], toList: &registers[Int(target)])
                    case .interpolate(let target, let first, let index):
                        registers[Int(target)] = .string(
                            try Joining.text(
                                frames[frameCount - 1].entry.pointee.strings[Int(index)], registers + first))
                    case .interpolateOnto(let target, let first, let index):
                        try Joining.join(
                            frames[frameCount - 1].entry.pointee.strings[Int(index)], registers + first,
                            onto: &registers[Int(target)])
                    case .appendOnto(let target, let first, let count):
                        if !Joining.append(registers + first, Int(count), onto: &registers[Int(target)]) { pc &+= 1 }
                    default:
                        frames[frameCount - 1].pc = pc
                        try executeRare(instruction)
                        registers = stack + frames[frameCount - 1].base
                        pc = frames[frameCount - 1].pc
                    }
                }
            } catch {
                frames[frameCount - 1].pc = pc
                try handle(error, floor: floor)
            }
        }
    }
}

extension UnsafeMutablePointer<Value> {
    @inline(__always)
    fileprivate static func + (base: Self, register: Register) -> Self { base + Int(register) }
}

extension UnsafePointer<Value> {
    @inline(__always)
    fileprivate static func + (base: Self, index: TableIndex) -> Self { base + Int(index) }
}
