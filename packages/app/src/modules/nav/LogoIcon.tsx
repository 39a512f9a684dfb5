/** The mark of the product: a pulse line. */
export function LogoIcon() {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 32 32"
      height={28}
      aria-hidden
    >
      <rect width="32" height="32" rx="7" fill="#0f5c5c" />
      <path
        d="M4 17h6l3-8 5 15 4-10 2 3h4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
