import Foundation

/// What a Python pickle holds, as a value: containers, texts, numbers, and the names of what it would call. Nothing is called.
///
/// The opcodes are those of Python's `pickletools`, protocols 0 to 5, but for extension codes and buffers out of band.
final class Pickle {
    enum Value {
        case none
        case bool(Bool)
        case int(Int)
        case float(Double)
        case string(String)
        case bytes([UInt8])
        case container(Container)
        /// A class or function that the pickle names, e.g. "collections.OrderedDict".
        case global(String)
    }

    /// Everything that holds other values; a class, because a pickle may mention one again while it is still being filled.
    final class Container {
        enum Kind: Equatable {
            case list, tuple, set
            /// Keys and values in turn.
            case dictionary
            /// The call of the first item, a global, with the second, a tuple; what it was given later follows.
            case object
            /// Something outside the pickle, by its identifier.
            case persistent
        }

        let kind: Kind
        var items: [Value]

        init(_ kind: Kind, _ items: [Value]) {
            self.kind = kind
            self.items = items
        }
    }

    private(set) var root = Value.none
    /// The globals that were called or used as classes, each once, in order.
    private(set) var globals: [String] = []
    /// Bytes that the pickle takes.
    private(set) var end: Int
    /// All containers: emptied at the end one by one, so that a chain of a million lists is not taken down recursively.
    fileprivate var containers: [Container] = []

    /// - Parameters:
    ///   - start: where in `bytes` the pickle begins.
    ///   - name: what errors call the file.
    /// - Throws: `.badFile` naming the byte at which the pickle is wrong.
    init(_ bytes: Data, from start: Int = 0, name: String) throws {
        end = start
        var reader = PickleReader(bytes, from: start, name: name)
        root = try reader.run(self)
        end = reader.position
    }

    /// What the pickle mentions that lies outside it.
    var persistent: [Container] { containers.filter { $0.kind == .persistent } }

    deinit { for container in containers { container.items = [] } }

    fileprivate func note(global name: String) {
        if !globals.contains(name) { globals.append(name) }
    }
}

extension Pickle.Value {
    var text: String? {
        switch self {
        case .string(let text): text
        case .bytes(let bytes): String(bytes: bytes, encoding: .utf8)
        default: nil
        }
    }

    var int: Int? {
        switch self {
        case .int(let number): number
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// The items of a tuple or list.
    var items: [Pickle.Value]? {
        guard case .container(let container) = self, [.list, .tuple].contains(container.kind) else { return nil }
        return container.items
    }

    /// The entries of a dictionary, an OrderedDict among them, in order.
    var entries: [(key: Pickle.Value, value: Pickle.Value)]? {
        guard case .container(let container) = self, container.kind == .dictionary else { return nil }
        return stride(from: 0, to: container.items.count - 1, by: 2).map {
            (container.items[$0], container.items[$0 + 1])
        }
    }

    /// A call: the name of what is called, and its arguments.
    var call: (name: String, arguments: [Pickle.Value])? {
        guard case .container(let container) = self, container.kind == .object, container.items.count >= 2,
            case .global(let name) = container.items[0]
        else { return nil }
        return (name, container.items[1].items ?? [])
    }
}

/// The pickle machine: a stack, marks, a memo.
private struct PickleReader {
    private let bytes: Data
    private let name: String
    private(set) var position: Int
    private var stack: [Pickle.Value] = []
    private var marks: [Int] = []
    private var memo: [Int: Pickle.Value] = [:]

    init(_ bytes: Data, from start: Int, name: String) {
        self.bytes = bytes
        self.name = name
        position = start
    }

    mutating func run(_ pickle: Pickle) throws -> Pickle.Value {
        while true {
            let opcode = try byte()
            if opcode == UInt8(ascii: ".") { return try pop() }
            try obey(opcode, pickle)
        }
    }

    private func bad(_ reason: String) -> ComputeError {
        ComputeError(.badFile, "this is no sound pickle: \(reason) at byte \(position)", subject: name)
    }

    // MARK: Bytes

    private mutating func byte() throws -> UInt8 {
        guard position < bytes.count else { throw bad("it ends early") }
        defer { position += 1 }
        return bytes[bytes.startIndex + position]
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= bytes.count - position else { throw bad("a text ends behind the file") }
        defer { position += count }
        return [UInt8](bytes[bytes.startIndex + position..<bytes.startIndex + position + count])
    }

    /// Little-endian.
    private mutating func number(_ count: Int) throws -> Int {
        let value = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value) else { throw bad("a length is too large") }
        return number
    }

    private mutating func line() throws -> String {
        guard let end = bytes[(bytes.startIndex + position)...].firstIndex(of: 10) else {
            throw bad("a line has no end")
        }
        let text = try take(end - bytes.startIndex - position)
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func text(_ count: Int) throws -> Pickle.Value {
        .string(String(decoding: try take(count), as: UTF8.self))
    }

    /// Two's complement of any length; numbers beyond 64 bits, which only marks of formats have, become their digits.
    private mutating func long(_ count: Int) throws -> Pickle.Value {
        let digits = try take(count)
        guard digits.count > 8 else {
            let filler: UInt8 = (digits.last ?? 0) >= 0x80 ? 0xFF : 0
            let padded = digits + [UInt8](repeating: filler, count: 8 - digits.count)
            return .int(Int(bitPattern: UInt(padded.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })))
        }
        return .bytes(digits)
    }

    // MARK: The stack

    private mutating func pop() throws -> Pickle.Value {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else { throw bad("the stack is empty") }
        return value
    }

    private mutating func popMark() throws -> [Pickle.Value] {
        guard let mark = marks.popLast(), mark <= stack.count else { throw bad("a mark is missing") }
        defer { stack.removeLast(stack.count - mark) }
        return Array(stack[mark...])
    }

    private mutating func push(_ kind: Pickle.Container.Kind, _ items: [Pickle.Value], _ pickle: Pickle) {
        let container = Pickle.Container(kind, items)
        pickle.containers.append(container)
        stack.append(.container(container))
    }

    private func top() throws -> Pickle.Container {
        guard case .container(let container)? = stack.last else { throw bad("a container is expected") }
        return container
    }

    /// - Throws: for a reference to nothing.
    private mutating func get(_ index: Int) throws {
        guard let value = memo[index] else { throw bad("it refers to what it has not kept") }
        stack.append(value)
    }

    private mutating func put(_ index: Int) throws {
        guard let value = stack.last else { throw bad("the stack is empty") }
        memo[index] = value
    }

    private mutating func call(_ target: Pickle.Value, _ arguments: Pickle.Value, _ pickle: Pickle) throws {
        guard case .global(let name) = target, let items = arguments.items else {
            throw bad("something is called that is no name")
        }
        pickle.note(global: name)
        switch name {
        case "collections.OrderedDict", "__builtin__.dict", "builtins.dict":
            // Python 2 gives the pairs as an argument.
            let pairs = items.first?.items ?? []
            push(.dictionary, pairs.compactMap(\.items).filter { $0.count == 2 }.flatMap { $0 }, pickle)
        case "_codecs.encode":
            // How protocol 2 writes bytes: as the text of the same numbers.
            guard let text = items.first?.text else { throw bad("bytes are not given as a text") }
            stack.append(.bytes(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
        default: push(.object, [target, arguments], pickle)
        }
    }

    // MARK: Opcodes

    private mutating func obey(_ opcode: UInt8, _ pickle: Pickle) throws {
        switch opcode {
        case 0x80: _ = try byte()
        case 0x95: _ = try number(8)
        case UInt8(ascii: "("): marks.append(stack.count)
        case UInt8(ascii: "0"): _ = try pop()
        case UInt8(ascii: "1"): _ = try popMark()
        case UInt8(ascii: "2"):
            guard let value = stack.last else { throw bad("the stack is empty") }
            stack.append(value)
        case UInt8(ascii: "N"): stack.append(.none)
        case 0x88, 0x89: stack.append(.bool(opcode == 0x88))
        default:
            if try !obeyNumber(opcode), try !obeyText(opcode), try !obeyMemo(opcode) {
                try obeyContainer(opcode, pickle)
            }
        }
    }

    private mutating func obeyNumber(_ opcode: UInt8) throws -> Bool {
        switch opcode {
        case UInt8(ascii: "I"), UInt8(ascii: "L"):
            let text = try line()
            if text == "00" || text == "01" {
                stack.append(.bool(text == "01"))
            } else {
                guard let number = Int(text.hasSuffix("L") ? String(text.dropLast()) : text) else {
                    throw bad("'\(text.prefix(20))' is no number")
                }
                stack.append(.int(number))
            }
        case UInt8(ascii: "J"): stack.append(.int(Int(Int32(truncatingIfNeeded: try number(4)))))
        case UInt8(ascii: "K"): stack.append(.int(try number(1)))
        case UInt8(ascii: "M"): stack.append(.int(try number(2)))
        case 0x8A: stack.append(try long(try number(1)))
        case 0x8B: stack.append(try long(try number(4)))
        case UInt8(ascii: "F"):
            let text = try line()
            guard let number = Double(text) else { throw bad("'\(text.prefix(20))' is no number") }
            stack.append(.float(number))
        case UInt8(ascii: "G"):
            stack.append(.float(Double(bitPattern: try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })))
        default: return false
        }
        return true
    }

    private mutating func obeyText(_ opcode: UInt8) throws -> Bool {
        switch opcode {
        case UInt8(ascii: "S"):
            let quoted = try line()
            guard quoted.count >= 2, let quote = quoted.first, quote == quoted.last, "'\"".contains(quote) else {
                throw bad("a text is not quoted")
            }
            stack.append(.string(String(quoted.dropFirst().dropLast())))
        case UInt8(ascii: "V"): stack.append(.string(try line()))
        case UInt8(ascii: "X"), UInt8(ascii: "T"): stack.append(try text(try number(4)))
        case UInt8(ascii: "U"):
            // Python 2 keeps arrays of numbers in such texts too.
            let bytes = try take(try number(1))
            stack.append(String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes))
        case 0x8C: stack.append(try text(try number(1)))
        case 0x8D: stack.append(try text(try number(8)))
        case UInt8(ascii: "B"): stack.append(.bytes(try take(try number(4))))
        case UInt8(ascii: "C"): stack.append(.bytes(try take(try number(1))))
        case 0x8E, 0x96: stack.append(.bytes(try take(try number(8))))
        default: return false
        }
        return true
    }

    private mutating func obeyMemo(_ opcode: UInt8) throws -> Bool {
        switch opcode {
        case UInt8(ascii: "g"), UInt8(ascii: "p"):
            guard let index = Int(try line()) else { throw bad("a place of the memo is no number") }
            if opcode == UInt8(ascii: "g") { try get(index) } else { try put(index) }
        case UInt8(ascii: "h"): try get(try number(1))
        case UInt8(ascii: "j"): try get(try number(4))
        case UInt8(ascii: "q"): try put(try number(1))
        case UInt8(ascii: "r"): try put(try number(4))
        case 0x94: try put(memo.count)
        default: return false
        }
        return true
    }

    private mutating func obeyContainer(_ opcode: UInt8, _ pickle: Pickle) throws {
        switch opcode {
        case UInt8(ascii: "]"): push(.list, [], pickle)
        case UInt8(ascii: ")"): push(.tuple, [], pickle)
        case UInt8(ascii: "}"): push(.dictionary, [], pickle)
        case 0x8F: push(.set, [], pickle)
        case UInt8(ascii: "l"): push(.list, try popMark(), pickle)
        case UInt8(ascii: "t"): push(.tuple, try popMark(), pickle)
        case UInt8(ascii: "d"): push(.dictionary, try popMark(), pickle)
        case 0x91: push(.set, try popMark(), pickle)
        case 0x85, 0x86, 0x87:
            var items: [Pickle.Value] = []
            for _ in 0...(opcode - 0x85) { items.insert(try pop(), at: 0) }
            push(.tuple, items, pickle)
        case UInt8(ascii: "a"):
            let item = try pop()
            try top().items.append(item)
        case UInt8(ascii: "e"), 0x90:
            let items = try popMark()
            try top().items += items
        case UInt8(ascii: "s"):
            let (value, key) = (try pop(), try pop())
            try set([key, value])
        case UInt8(ascii: "u"):
            let entries = try popMark()
            try set(entries)
        default: try obeyCall(opcode, pickle)
        }
    }

    /// Entries of a dictionary; those of objects that behave like one are not looked at.
    private func set(_ entries: [Pickle.Value]) throws {
        let container = try top()
        guard entries.count.isMultiple(of: 2) else { throw bad("a key has no value") }
        if container.kind == .dictionary { container.items += entries }
    }

    private mutating func obeyCall(_ opcode: UInt8, _ pickle: Pickle) throws {
        switch opcode {
        case UInt8(ascii: "c"):
            let module = try line()
            stack.append(.global(module + "." + (try line())))
        case 0x93:
            let (name, module) = (try pop(), try pop())
            guard let name = name.text, let module = module.text else { throw bad("a name is no text") }
            stack.append(.global(module + "." + name))
        case UInt8(ascii: "R"), 0x81:
            let (arguments, target) = (try pop(), try pop())
            try call(target, arguments, pickle)
        case 0x92:
            let (_, arguments, target) = (try pop(), try pop(), try pop())
            try call(target, arguments, pickle)
        case UInt8(ascii: "i"), UInt8(ascii: "o"):
            var items: [Pickle.Value]
            if opcode == UInt8(ascii: "i") {
                let module = try line()
                let target = Pickle.Value.global(module + "." + (try line()))
                items = [target] + (try popMark())
            } else {
                items = try popMark()
            }
            guard !items.isEmpty else { throw bad("something is called that is no name") }
            let target = items.removeFirst()
            push(.tuple, items, pickle)
            let arguments = try pop()
            try call(target, arguments, pickle)
        case UInt8(ascii: "b"):
            let state = try pop()
            let container = try top()
            if container.kind == .object { container.items.append(state) }
        case UInt8(ascii: "Q"):
            let identifier = try pop()
            push(.persistent, [identifier], pickle)
        case UInt8(ascii: "P"): push(.persistent, [.string(try line())], pickle)
        default: throw bad("opcode 0x\(String(opcode, radix: 16)) is unknown")
        }
    }
}
