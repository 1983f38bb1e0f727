// The instructions that are not worth a place in the loop: they make or take apart data, where the work outweighs a
// call.

extension Machine {
    func executeRare(_ instruction: Instruction) throws {
        let frame = frames[frameCount - 1]
        let registers = stack + frame.base
        let chunk = frame.chunk
        switch instruction {
        case .makeClosure(let target, let index):
            registers[Int(target)] = .closure(closure(of: chunk.contents.functions[Int(index)], in: frame, registers))
        case .makeList(let target, let first, let count):
            let values = (0..<Int(count)).map { registers[Int(first) + $0] }
            clear(from: frame.base + Int(first), count: Int(count))
            registers[Int(target)] = .list(values)
        case .defineFunction(let index, let source):
            chunk.module.define(registers[Int(source)], at: Int(index))
        case .makeCell(let index): cells[frame.cells][Int(index)] = Cell()
        case .appendOntoGlobal(let index, let first, let count):
            var list = chunk.module.take(at: Int(index)) ?? .nothing
            let isDone = Joining.append(registers + Int(first), Int(count), onto: &list)
            chunk.module.giveBack(list, at: Int(index))
            if !isDone { frames[frameCount - 1].pc += 1 }
        case .joinOntoGlobal(let index, let source):
            guard var value = chunk.module.take(at: Int(index)) else { throw noValue(global: Int(index)) }
            defer { chunk.module.giveBack(value, at: Int(index)) }
            try Joining.join(registers[Int(source)], onto: &value)
        case .interpolateOntoGlobal(let index, let first, let pieces):
            guard var value = chunk.module.take(at: Int(index)) else { throw noValue(global: Int(index)) }
            defer { chunk.module.giveBack(value, at: Int(index)) }
            try Joining.join(frame.entry.pointee.strings[Int(pieces)], registers + Int(first), onto: &value)
        case .makeRange(let target, let first, let isInclusive):
            let bounds = registers + Int(first)
            registers[Int(target)] = try Iteration.list(
                from: bounds[0], to: bounds[1], by: bounds[2], isInclusive: isInclusive)
        case .makeRecord(let target, let first, let names):
            registers[Int(target)] = .record(
                record(chunk.contents.shapes[Int(names)], registers + Int(first)))
        case .slice(let target, let base, let first):
            let bounds = registers + Int(first)
            let value = registers[Int(base)]
            registers[Int(base)] = .nothing
            registers[Int(target)] = try Indexing.slice(value, from: bounds[0], to: bounds[1])
        case .unpackList(let target, let source, let count):
            try unpack(registers[Int(source)], Int(count), to: registers + Int(target))
        case .format(let target, let source, let index):
            registers[Int(target)] = .string(
                try chunk.contents.formats[Int(index)].format(registers[Int(source)]))
        case .makeFormula(let target, let index):
            registers[Int(target)] = .formula(formula(chunk.contents.formulas[Int(index)], in: frame, registers))
        case .display(let source):
            let value = registers[Int(source)]
            if !value.isNothing { onDisplay(value) }
        case .importModule(let target, let index):
            registers[Int(target)] = .record(try importModule(chunk.contents.imports[Int(index)]))
        default: try assignPart(instruction, in: frame, registers)
        }
    }

    /// Operators without an instruction of their own. Joining onto the register itself appends in place.
    func operate(
        _ operation: BinaryOperator, _ registers: UnsafeMutablePointer<Value>, _ target: Register, _ left: Register,
        _ right: Register
    ) throws {
        if operation == .concat, target == left, left != right {
            return try Joining.join(registers[Int(right)], onto: &registers[Int(target)])
        }
        registers[Int(target)] = try Broadcast.operate(operation, registers[Int(left)], registers[Int(right)])
    }

    // MARK: Closures and formulas

    private func closure(of chunk: Chunk, in frame: Frame, _ registers: UnsafeMutablePointer<Value>) -> Closure {
        Closure(
            chunk: chunk,
            captures: chunk.contents.captureSources.map { captured($0, registers) },
            cells: chunk.contents.cellSources.map { source in
                if case .cell(let index) = source { self.cells[frame.cells][index] } else { Cell() }
            })
    }

    private func captured(_ source: NamePlace, _ registers: UnsafeMutablePointer<Value>) -> Value {
        switch source {
        case .local(let slot): return registers[slot]
        case .capture(let index):
            if case .closure(let closure) = registers[0] { return closure.captures[index] }
            return .nothing
        default: return .nothing
        }
    }

    private func formula(
        _ template: Chunk.FormulaTemplate, in frame: Frame, _ registers: UnsafeMutablePointer<Value>
    ) -> Formula {
        let make = { (term: Chunk.FormulaTemplate.Term) in
            Formula.Term(
                text: term.text, columns: term.columns,
                function: .closure(self.closure(of: term.chunk, in: frame, registers)), constant: term.constant)
        }
        return Formula(text: template.text, left: template.left.map(make), right: template.right.map(make))
    }

    // MARK: Data

    /// Moves the fields' values out of their registers.
    private func record(_ shape: Record.Shape, _ fields: UnsafeMutablePointer<Value>) -> Record {
        let count = shape.names.count
        let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
            buffer.baseAddress?.moveInitialize(from: fields, count: count)
            fields.initialize(repeating: .nothing, count: count)
            filled = count
        }
        return Record(shape, values)
    }

    private func unpack(_ value: Value, _ count: Int, to target: UnsafeMutablePointer<Value>) throws {
        guard case .list(let list) = value, list.count == count else {
            let got = value.phrase
            throw Fault { RunMessages.patternMismatch($0, takes: "a list of \(count)", got: got) }
        }
        for index in 0..<count { target[index] = list[index] }
    }

    private func assignPart(
        _ instruction: Instruction, in frame: Frame, _ registers: UnsafeMutablePointer<Value>
    ) throws {
        let chunk = frame.chunk
        switch instruction {
        case .assignPart(let root, let path, let first):
            try assign(in: &registers[Int(root)], chunk.contents.paths[Int(path)], registers + Int(first))
        case .assignPartOfGlobal(let index, let path, let first):
            guard var root = chunk.module.take(at: Int(index)) else { throw noValue(global: Int(index)) }
            defer { chunk.module.giveBack(root, at: Int(index)) }
            try assign(in: &root, chunk.contents.paths[Int(path)], registers + Int(first))
        case .assignPartOfCell(let index, let path, let first):
            let cell = cells[frame.cells][Int(index)]
            guard var root = cell.value else { throw noValue(at: frame.pc - 1) }
            cell.value = .nothing
            defer { cell.value = root }
            try assign(in: &root, chunk.contents.paths[Int(path)], registers + Int(first))
        default: preconditionFailure("the loop runs this instruction")
        }
    }

    /// The indices of the steps lie from `operands` on, the new value behind them.
    private func assign(
        in root: inout Value, _ steps: [Chunk.PathStep], _ operands: UnsafeMutablePointer<Value>
    ) throws {
        if steps.count == 1, case .index = steps[0], case .list = root {
            let part = operands[1]
            operands[1] = .nothing
            return try Indexing.setElement(of: &root, at: operands[0], to: part)
        }
        var count = 0
        for case .index in steps { count += 1 }
        let indices = (0..<count).map { operands[$0] }
        let part = operands[count]
        operands[count] = .nothing
        try Indexing.assign(part, in: &root, steps: steps[...], indices: indices[...])
    }

    // MARK: Imports

    /// Runs a file once; its expressions are not displayed.
    private func importModule(_ module: Module) throws -> Record {
        if !module.hasRun, let chunk = module.chunk {
            module.hasRun = true
            _ = try run(chunk)
            module.chunk = nil
        }
        return module.record
    }
}
