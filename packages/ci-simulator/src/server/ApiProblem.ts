const DOCUMENTATION = 'https://docs.github.com/rest';

/** An error that is told to the client in GitHub's words. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  static notFound(): ApiProblem {
    return new ApiProblem(404, 'Not Found');
  }

  /** The body that GitHub sends with it. */
  body() {
    return {
      message: this.message,
      documentation_url: DOCUMENTATION,
      status: String(this.status),
    };
  }
}
