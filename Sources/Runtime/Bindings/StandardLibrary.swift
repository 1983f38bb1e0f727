import Lang

/// Everything that scripts can call beside the language's own library.
enum StandardLibrary {
    static func signatures(_ session: Session) -> [Signature] {
        SessionNatives.signatures(session) + FileNatives.signatures(session) + TableNatives.signatures(session)
            + NetworkNatives.signatures + CheckpointNatives.signatures(session) + PredictNatives.signatures(session)
            + DatasetNatives.signatures(session) + SettingNatives.signatures
            + StudyNatives.signatures(session) + StatisticsNatives.signatures + LinearModelNatives.signatures
            + ComparisonNatives.signatures(session) + BootstrapNatives.signatures(session) + AccuracyNatives.signatures
            + PatternNatives.signatures
            + ChartNatives.signatures(session) + ImageGridNatives.signatures(session)
            + MatrixNatives.signatures(session) + TransferabilityNatives.signatures(session)
    }
}
