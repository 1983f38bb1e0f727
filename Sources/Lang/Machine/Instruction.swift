// The instructions of the machine: an opcode a case, eight bytes each. Operands named r are registers of the frame;
// the first register of an instruction is its target. Register 0 holds the function itself, then come the parameters,
// the other locals, and the temporaries of expressions. Jumps go to an absolute index in the chunk's code.

/// A register of a frame.
typealias Register = UInt16
/// An index into one of the chunk's tables.
typealias TableIndex = UInt16

enum Comparison: UInt8 { case less, lessEqual, greater, greaterEqual, equal, notEqual }

enum Instruction {
    // MARK: Moving values

    /// r ← constant
    case loadConstant(Register, TableIndex)
    /// r ← other register
    case move(Register, Register)
    /// r ← other register, a temporary, which becomes none: no second reference stays behind
    case take(Register, Register)
    /// r ← global; an error when it has no value yet
    case loadGlobal(Register, TableIndex)
    case storeGlobal(TableIndex, Register)
    /// The same for a name that is bound to a function and never assigned: what `callGlobal` enters.
    case defineFunction(TableIndex, Register)
    /// r ← value captured by the closure
    case loadCapture(Register, TableIndex)
    /// r ← cell; an error when it has no value yet
    case loadCell(Register, TableIndex)
    case storeCell(TableIndex, Register)
    /// A fresh, empty cell in the frame's list: for each run of a declaration its own.
    case makeCell(TableIndex)

    // MARK: Operators; the fast ones for two numbers fall back to `Broadcast`

    case add(Register, Register, Register)
    case subtract(Register, Register, Register)
    case multiply(Register, Register, Register)
    case divide(Register, Register, Register)
    case remainder(Register, Register, Register)
    /// The right operand is a constant.
    case addConstant(Register, Register, TableIndex)
    case subtractConstant(Register, Register, TableIndex)
    case multiplyConstant(Register, Register, TableIndex)
    case divideConstant(Register, Register, TableIndex)
    case remainderConstant(Register, Register, TableIndex)
    /// r ← whether the comparison of two registers holds
    case compare(Register, Register, Register, Comparison)
    case compareConstant(Register, Register, TableIndex, Comparison)
    /// Every other binary operator, by its code. (A payload of seven whole bytes leaves the opcode a byte of its own, which
    /// the loop reads without shifting.)
    case operate(Register, Register, Register, BinaryOperator.Code)
    case negate(Register, Register)
    case not(Register, Register)
    /// An error unless the register holds true or false.
    case requireBool(Register)

    // MARK: Jumps

    case jump(Int32)
    case jumpIfFalse(Int32, Register)
    case jumpIfTrue(Int32, Register)
    /// Skips the next instruction, a jump, when the comparison of two registers holds.
    case skipIf(Register, Register, Comparison)
    case skipIfConstant(Register, TableIndex, Comparison)
    /// A jump back: looks for interruption.
    case loop(Int32)
    /// Skips the default of a parameter that was given.
    case jumpIfGiven(Int32, TableIndex)

    // MARK: Loops; r is the loop's first name, its state follows (`loopStateSlots`), then its second name

    /// r+1 is the start, r+2 the step, r+3 the end, which becomes the count; r+4 counts.
    case startRange(Register, inclusive: Bool)
    /// r ← next number and jump to the body, or go on behind the loop.
    case nextNumber(Int32, Register)
    /// r+1 is the collection, r+2 counts.
    case startIteration(Register)
    case nextElement(Int32, Register)
    /// With a second name: element and index, or name and value of a record's field.
    case nextPair(Int32, Register)

    // MARK: Calls

    /// r ← r(r+1 … r+count)
    case call(Register, count: UInt16)
    /// r ← global(r+1 … r+count); a function of the file's top level is entered without touching r
    case callGlobal(Register, TableIndex, count: UInt16)
    /// The same with named or spread arguments: their shape is in the table.
    case callShaped(Register, TableIndex)
    case returnValue(Register)
    case makeClosure(Register, TableIndex)

    // MARK: Data

    /// r ← [first … first+count-1]
    case makeList(Register, first: Register, count: UInt16)
    /// Appends a value to the list in r.
    case appendElement(Register, Register)
    /// Appends first+1 … first+count to the list in r, which first holds too, in place. Skips the next instruction, a
    /// jump, when this is no list, or no longer the same.
    case appendOnto(Register, first: Register, count: UInt16)
    case appendOntoGlobal(TableIndex, first: Register, count: UInt16)
    /// global ← global ++ r, in place
    case joinOntoGlobal(TableIndex, Register)
    /// r ← list of the numbers from first by first+2 to first+1
    case makeRange(Register, first: Register, inclusive: Bool)
    /// r ← record of the shape in the table with the values from first on
    case makeRecord(Register, first: Register, TableIndex)
    /// r ← r₂[r₃]
    case index(Register, Register, Register)
    /// r ← r₂[first : first+1]; none stands for an open end
    case slice(Register, Register, first: Register)
    /// r ← r₂.name
    case field(Register, Register, TableIndex)
    /// Sets a part of the value in r: the path is in the table, its indices and then the new value lie from first on.
    case assignPart(Register, TableIndex, first: Register)
    case assignPartOfGlobal(TableIndex, TableIndex, first: Register)
    case assignPartOfCell(TableIndex, TableIndex, first: Register)
    /// r… ← the elements of a list that must have so many
    case unpackList(Register, Register, count: UInt16)
    /// r ← the value as text, by the format in the table
    case format(Register, Register, TableIndex)
    /// r ← the texts in the table with the values from first on between them
    case interpolate(Register, first: Register, TableIndex)
    /// r ← r ++ the same, in place
    case interpolateOnto(Register, first: Register, TableIndex)
    case interpolateOntoGlobal(TableIndex, first: Register, TableIndex)
    case makeFormula(Register, TableIndex)

    // MARK: The file's top level

    /// Displays the value of an expression statement.
    case display(Register)
    /// r ← the names of an imported file, which runs when it has not yet
    case importModule(Register, TableIndex)

    /// Registers of a loop's state behind its first name.
    static let loopStateSlots = 4
}

extension BinaryOperator {
    typealias Code = UInt8

    private static let all: [BinaryOperator] = [
        .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power, .concat, .equal, .notEqual, .less,
        .lessEqual, .greater, .greaterEqual, .contains, .excludes,
    ]

    var code: Code { Code(BinaryOperator.all.firstIndex(of: self) ?? 0) }

    init(code: Code) { self = BinaryOperator.all[Int(code)] }
}
