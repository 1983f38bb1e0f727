// From a thrown error to the script's `try`, or out of the machine: adds place and call stack once, then unwinds
// frames until one of them handles it.

extension Machine {
    /// Unwinds to a handler above `floor`.
    /// - Throws: the error with its place, when no frame above `floor` handles it.
    func handle(_ error: any Error, floor: Int) throws {
        if error is Interruption {
            while frameCount > floor { abandonFrame() }
            throw error
        }
        let located = locate(error)
        while frameCount > floor {
            let frame = frames[frameCount - 1]
            let at = frame.pc - 1
            if let handler = frame.chunk.contents.handlers.first(where: { $0.start <= at && at < $0.end }) {
                stack[frame.base + Int(handler.register)] = located.record
                frames[frameCount - 1].pc = handler.target
                return
            }
            abandonFrame()
        }
        throw located
    }

    // MARK: Places

    private func locate(_ error: any Error) -> RunError {
        if let located = error as? RunError { return located }
        guard frameCount > 0 else {
            return RunError(diagnostic: Diagnostic("nativeFailed", "\(error)"), kind: "native")
        }
        let frame = frames[frameCount - 1]
        let at = max(frame.pc - 1, 0)
        let place = frame.chunk.place(at: at)
        var kind: String?
        var diagnostic: Diagnostic
        switch error {
        case let fault as Fault: diagnostic = fault.message(place)
        case let fault as ArgumentFault:
            diagnostic = fault.message(self.place(of: fault.argument, at: at, in: frame.chunk) ?? place)
        case let raised as Raised:
            kind = raised.isAssertion ? "assertion" : "error"
            diagnostic =
                raised.isAssertion
                ? RunMessages.assertionFailed(place, raised.message) : RunMessages.raised(place, raised.message)
        case let native as NativeError:
            kind = native.kind
            diagnostic = RunMessages.nativeFailed(self.place(of: native, at: at, in: frame.chunk) ?? place, native)
        default:
            kind = "native"
            diagnostic = RunMessages.nativeFailed(place, NativeError("\(error)"))
        }
        diagnostic.notes += callStack()
        return RunError(diagnostic: diagnostic, kind: kind ?? diagnostic.id)
    }

    private func place(of argument: ArgumentFault.Argument, at pc: Int, in chunk: Chunk) -> Place? {
        guard let site = chunk.contents.callSites[pc] else { return nil }
        switch argument {
        case .callee: return Place(source: chunk.source, range: site.callee)
        case .position(let position):
            guard site.arguments.indices.contains(position) else { return nil }
            return Place(source: chunk.source, range: site.arguments[position])
        case .name(let name):
            guard let shape = chunk.shape(at: pc) else { return nil }
            let index = shape.arguments.firstIndex { if case .named(name) = $0 { true } else { false } }
            return index.map { Place(source: chunk.source, range: site.arguments[$0]) }
        }
    }

    /// The argument of the parameter that a native complains about: by name, or by the parameter's position.
    private func place(of error: NativeError, at pc: Int, in chunk: Chunk) -> Place? {
        guard let parameter = error.parameter else { return nil }
        if let place = place(of: .name(parameter), at: pc, in: chunk) { return place }
        guard let position = error.position else { return nil }
        return place(of: .position(position), at: pc, in: chunk)
    }

    /// The calls that led here, innermost first.
    private func callStack() -> [Diagnostic.Note] {
        // A deep recursion shows its end and its beginning.
        let (shownInner, shownOuter) = (8, 3)
        var notes: [Diagnostic.Note] = []
        var hidden = 0
        for index in stride(from: frameCount - 1, to: 0, by: -1) {
            if frameCount - 1 - index >= shownInner, index > shownOuter {
                hidden += 1
                continue
            }
            if hidden > 0 {
                notes.append(.init("… \(hidden) more calls …"))
                hidden = 0
            }
            let caller = frames[index - 1]
            let name = frames[index].chunk.name
            let text = name.isEmpty ? "in a function, called" : "in '\(name)', called"
            notes.append(
                .init(text, source: caller.chunk.source, range: caller.chunk.range(at: max(caller.pc - 1, 0))))
        }
        return notes
    }

    // MARK: Faults of the loop

    func noValue(global index: Int) -> Fault {
        let names = frames[frameCount - 1].chunk.module.names
        let name = names.indices.contains(index) ? names[index] : ""
        return Fault { RunMessages.noValueYet($0, name) }
    }

    func noValue(at pc: Int) -> Fault {
        let name = frames[frameCount - 1].chunk.source.text(frames[frameCount - 1].chunk.range(at: pc))
        return Fault { RunMessages.noValueYet($0, name) }
    }

    func notBool(_ value: Value) -> Fault {
        let got = value.phrase
        return Fault { RunMessages.notATruthValue($0, got: got) }
    }
}

extension Chunk {
    fileprivate func shape(at pc: Int) -> CallShape? {
        guard case .callShaped(_, let index) = contents.code[pc] else { return nil }
        return contents.callShapes[Int(index)]
    }
}
