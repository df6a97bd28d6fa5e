namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Who watches a canary go.</summary>
internal interface ICanaryAudience
{
    /// <summary>A step begins.</summary>
    /// <param name="percent">The share asked for, in percent.</param>
    /// <param name="broken">True where the new release has just been broken on purpose.</param>
    void Began(int percent, bool broken);

    /// <summary>A request of the step was answered. Called from many threads.</summary>
    void Answered();

    /// <summary>The step has ended.</summary>
    /// <param name="step">What it saw.</param>
    /// <param name="verdict">What follows from it.</param>
    void Ended(StepResult step, Verdict verdict);
}
