import { makeStyles } from '@material-ui/core';
import { LogoIcon } from './LogoIcon';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    color: '#fff',
    fontSize: 20,
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
});

/** The mark with the product's name beside it. */
export function LogoFull() {
  const classes = useStyles();

  return (
    <span className={classes.root}>
      <LogoIcon />
      CI Medic
    </span>
  );
}
