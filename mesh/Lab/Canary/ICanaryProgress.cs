namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Shows how a canary proceeds.</summary>
internal interface ICanaryProgress
{
    /// <summary>Shows that a step begins.</summary>
    /// <param name="percent">The share asked for, in percent.</param>
    /// <param name="broken">True where the new release has just been broken on purpose.</param>
    void StartStep(int percent, bool broken);

    /// <summary>Counts a request of the step that was answered. Called from many threads.</summary>
    void CountAnswer();

    /// <summary>Shows that the step has ended.</summary>
    /// <param name="step">What it saw.</param>
    /// <param name="verdict">What follows from it.</param>
    void EndStep(StepResult step, Verdict verdict);
}
