// Takes nested values apart with a list of pending work instead of recursion: a script may nest lists a million deep
// in a loop (`x = [x]`), and the reference counter's own recursion would then overrun the stack.

/// The heap part of a value that holds further values.
public class Container {
    /// Moves the containers among the parts to `pending` and forgets all parts.
    func giveUpParts(to pending: inout [Container]) {}

    /// Called by the subclasses' `deinit`s: afterwards nothing below is left for the reference counter to recurse into.
    static func release(_ container: Container) {
        var pending: [Container] = []
        container.giveUpParts(to: &pending)
        while var next = pending.popLast() {
            if isKnownUniquelyReferenced(&next) { next.giveUpParts(to: &pending) }
        }
    }

    /// Moves the containers among the values to `pending` and empties the list.
    static func giveUp(_ values: inout [Value], to pending: inout [Container]) {
        for value in values {
            if let container = value.container { pending.append(container) }
        }
        values = []
    }
}

extension Value {
    var container: Container? {
        switch self {
        case .list(let list): list.container
        case .record(let record): record.storage
        case .closure(let closure): closure
        default: nil
        }
    }
}
