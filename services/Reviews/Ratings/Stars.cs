namespace Bookinfo.Reviews.Ratings;

/// <summary>What the two reviewers gave: 1 to 5 stars; 0 where it is not known.</summary>
internal readonly record struct Stars(int First, int Second)
{
    public const int Most = 5;
}
