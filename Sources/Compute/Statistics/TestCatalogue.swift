// Made by `make catalogue` from the declarations in this folder; do not edit.

extension HypothesisTest {
    /// Every test that is declared, sorted by declaration.
    public static let catalogue: [HypothesisTest] = [
        .cliffsDelta,
        .cohensD,
        .kendall,
        .mannWhitney,
        .pearson,
        .spearman,
        .tTest,
        .tTestOne,
        .wilcoxon,
    ]
}
