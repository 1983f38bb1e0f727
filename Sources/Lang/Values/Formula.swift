// A formula `y ~ x + z`: names stand for columns, and the function that receives the formula evaluates it over its
// data. Each side is cut into terms at its outermost `+`, the right one also at `- 1`; a term is an ordinary tx function
// of the columns it names, so that `logit(top1)` is computed by the machine, by broadcasting, like everything else.

/// A formula value.
public final class Formula {
    /// One term: `logit(top1)` needs the column `top1`.
    public struct Term {
        /// As it was written.
        public let text: String
        /// The columns it needs, each once, in order of appearance: the arguments of `function`.
        public let columns: [String]
        /// Call it with the columns (`NativeCall.invoke`).
        public let function: Value
        /// The value of a term that is a plain number, such as the `1` and `0` that stand for the intercept; −1 for
        /// the `- 1` that takes it out.
        public let constant: Double?
    }

    public let text: String
    public let left: [Term]
    public let right: [Term]

    init(text: String, left: [Term], right: [Term]) {
        self.text = text
        self.left = left
        self.right = right
    }
}
