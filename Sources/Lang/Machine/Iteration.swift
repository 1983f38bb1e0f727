// Loops. The state lies in the registers behind the loop's first name (`Instruction.loopStateSlots`). A loop over a
// collection keeps the collection as it was at the start; a counting loop computes start + i · step, so that rounding
// errors do not add up.

enum Iteration {
    // MARK: Counting

    /// r+1 start, r+2 step, r+3 end → count, r+4 ← 0.
    static func startRange(_ state: UnsafeMutablePointer<Value>, isInclusive: Bool) throws {
        let (start, end, step) = try bounds(state[1], state[3], state[2])
        state[3] = .number(try count(from: start, to: end, by: step, isInclusive: isInclusive))
        state[4] = .number(0)
    }

    /// Sets the name to the next number; false at the end.
    @inline(__always)
    static func nextNumber(_ state: UnsafeMutablePointer<Value>) -> Bool {
        guard case .number(let start) = state[1], case .number(let step) = state[2], case .number(let count) = state[3],
            case .number(let done) = state[4], done < count
        else { return false }
        state.set(start + done * step)
        (state + 4).initialize(to: .number(done + 1))
        return true
    }

    private static func bounds(_ start: Value, _ end: Value, _ step: Value) throws -> (Double, Double, Double) {
        guard case .number(let a) = start, case .number(let b) = end, case .number(let s) = step else {
            let wrong = [start, end, step].first { $0.asNumber == nil } ?? .nothing
            throw Broadcast.wrongOperand("..", takes: "numbers", wrong)
        }
        return (a, b, s)
    }

    /// How many numbers a range has; a range against its step's direction has none.
    private static func count(from start: Double, to end: Double, by step: Double, isInclusive: Bool) throws -> Double {
        guard start.isFinite, end.isFinite, step.isFinite, step != 0 else {
            let texts = [start, end, step].map { NumberFormat.text($0) }
            throw Fault { RunMessages.rangeEndless($0, from: texts[0], to: texts[1], step: texts[2]) }
        }
        let steps = (end - start) / step
        guard steps >= 0 else { return 0 }
        // 0..0.7 by 0.1 shall include 0.7 although 0.7 / 0.1 comes out a rounding error short.
        let slack = 4 * Double.ulpOfOne * steps
        let whole = (steps + slack).rounded(.down)
        return isInclusive ? whole + 1 : (steps - whole > slack ? whole + 1 : whole)
    }

    /// The most numbers of a range that is made as a list: half a gigabyte.
    static let longestList = 1 << 26

    static func list(from start: Value, to end: Value, by step: Value, isInclusive: Bool) throws -> Value {
        let (start, end, step) = try bounds(start, end, step)
        let count = try count(from: start, to: end, by: step, isInclusive: isInclusive)
        guard count <= Double(longestList) else {
            let text = NumberFormat.text(count)
            throw Fault { RunMessages.rangeTooLong($0, count: text) }
        }
        return .numbers((0..<Int(count)).map { start + Double($0) * step })
    }

    // MARK: Collections

    /// r+1 collection, r+2 ← 0. A string becomes the list of its characters, so that a step takes no search.
    static func start(_ state: UnsafeMutablePointer<Value>) throws {
        switch state[1] {
        case .list, .record: break
        case .string(let string): state[1] = .strings(string.text.map { String($0) })
        case .foreign(let object) where object.count != nil: break
        default:
            let got = state[1].phrase
            throw Fault { RunMessages.notACollection($0, got: got) }
        }
        state[2] = .number(0)
    }

    /// Sets the name to the next element; false at the end.
    static func next(_ state: UnsafeMutablePointer<Value>) throws -> Bool {
        guard case .number(let position) = state[2] else { return false }
        let index = Int(position)
        switch state[1] {
        case .list(let list):
            guard index < list.count else { return end(state) }
            state[0] = list[index]
        case .record(let record):
            guard index < record.count else { return end(state) }
            state[0] = .string(record.names[index])
        case .foreign(let object):
            guard index < object.count ?? 0 else { return end(state) }
            state[0] = try object.element(at: index)
        default: return false
        }
        state[2] = .number(position + 1)
        return true
    }

    /// Sets both names: element and index, or a field's name and value.
    static func nextPair(_ state: UnsafeMutablePointer<Value>) throws -> Bool {
        let second = state + 1 + Instruction.loopStateSlots
        guard case .number(let position) = state[2] else { return false }
        if case .record(let record) = state[1], Int(position) < record.count {
            second.pointee = record.values[Int(position)]
        } else {
            second.pointee = .number(position)
        }
        return try next(state)
    }

    /// Lets go of the collection, which a variable may want to change in place from now on.
    private static func end(_ state: UnsafeMutablePointer<Value>) -> Bool {
        state[1] = .nothing
        return false
    }
}
