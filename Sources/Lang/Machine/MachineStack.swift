// The machine's stack of registers and its stack of frames: room, calls that come and go, and writing a register
// without counting references where neither the old value nor the new one has any.

extension Machine {
    /// The first register above all frames.
    var stackTop: Int {
        frameCount == 0 ? 0 : frames[frameCount - 1].base + frames[frameCount - 1].registerCount
    }

    @inline(__always)
    func reserveStack(_ count: Int) {
        if count > stackCapacity { growStack(to: count) }
    }

    @inline(never)
    private func growStack(to count: Int) {
        let capacity = max(count, stackCapacity * 2)
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        grown.moveInitialize(from: stack, count: stackCapacity)
        (grown + stackCapacity).initialize(repeating: .nothing, count: capacity - stackCapacity)
        stack.deallocate()
        stack = grown
        stackCapacity = capacity
    }

    func takeResult(at base: Int) -> Value {
        let result = (stack + base).move()
        (stack + base).initialize(to: .nothing)
        return result
    }

    func clear(from base: Int, count: Int) {
        for index in base..<base + count { stack[index] = .nothing }
    }

    // MARK: Frames

    @inline(__always)
    func push(_ frame: Frame) throws {
        guard frameCount < limits.callDepth else { throw depthFault(frameCount) }
        if frameCount == frameCapacity { growFrames() }
        reserveStack(frame.base + frame.registerCount)
        frames[frameCount] = frame
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

    /// Removes the top frame; the result moves to its register 0.
    @inline(__always)
    func leave(returning source: Int) {
        frameCount -= 1
        let frame = frames[frameCount]
        if frame.cells >= 0 { cells.removeLast() }
        let registers = stack + frame.base
        if source != 0 { registers.take(registers + source) }
        var register = registers + 1
        let end = registers + frame.registerCount
        while register < end {
            if !register.isPlain { register.pointee = .nothing }
            register += 1
        }
    }

    /// Removes the top frame of a call that failed.
    func abandonFrame() {
        (stack + frames[frameCount - 1].base).pointee = .nothing
        leave(returning: 0)
    }

    /// Keeps the cells of a call, captured ones first; gives their place for the frame.
    func keepCells(of closure: Closure) -> Int {
        let own = closure.chunk.contents.cellCount
        guard own > 0 || !closure.cells.isEmpty else { return -1 }
        cells.append(closure.cells + (0..<own).map { _ in Cell() })
        return cells.count - 1
    }
}

extension UnsafeMutablePointer<Value> {
    /// Whether the value counts no references.
    @inline(__always)
    var isPlain: Bool {
        switch pointee {
        case .nothing, .bool, .number: true
        default: false
        }
    }

    @inline(__always)
    func set(_ number: Double) {
        if isPlain { initialize(to: .number(number)) } else { pointee = .number(number) }
    }

    @inline(__always)
    func set(_ bool: Bool) {
        if isPlain { initialize(to: .bool(bool)) } else { pointee = .bool(bool) }
    }

    /// Moves a value here; `none` stays behind.
    @inline(__always)
    func take(_ source: Self) {
        if !isPlain { pointee = .nothing }
        moveInitialize(from: source, count: 1)
        source.initialize(to: .nothing)
    }
}
